using System.CommandLine;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Composition;
using CustomerService.Silo.WhatIf;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>simulate</c> itself: what if the rules, the roster or the traffic were others?</summary>
internal static class SimulateWhatIf
{
    public static void AddTo(Command command)
    {
        var preset = new Option<string?>("--preset") { Description = "monday: a shipped day of a centre with 200 agents. mmc: centres whose waits are known, beside Erlang's formulas.", HelpName = "NAME" };
        preset.AcceptOnlyFromAmong("monday", "mmc");
        var from = new Option<string?>("--from") { Description = "The traffic: 'journal' (of --data), a CSV file of recorded contacts, or a YAML file of drawn ones.", HelpName = "journal|FILE" };
        var policy = new Option<string?>("--policy") { Description = "The routing rules to try. Default: the present ones.", HelpName = "FILE" };
        var roster = new Option<string?>("--roster") { Description = "Who works: a YAML file.", HelpName = "FILE" };
        var presentPolicy = new Option<string?>("--present-policy") { Description = "The rules to compare with. Default: routing.yaml of the content folder, or the preset's.", HelpName = "FILE" };
        var presentRoster = new Option<string?>("--present-roster") { Description = "The roster to compare with. Default: the preset's, or that of --roster.", HelpName = "FILE" };
        var seed = CommonOptions.Number("--seed", 1, 0, int.MaxValue, "Of everything drawn: the same seed and files give the same report.");
        var patience = new Option<string?>("--patience") { Description = "With --from journal: how long customers wait on average before they give up, such as 10m. Default: reckoned from the journal.", HelpName = "TIME" };
        var json = new Option<string?>("--json") { Description = "Write the figures to this file.", HelpName = "FILE" };
        var plot = new Option<string?>("--plot") { Description = "Draw waits and occupancy by queue over the day to this file.", HelpName = "FILE.svg" };
        var data = CommonOptions.Data();
        var content = CommonOptions.Content();
        foreach (var option in new Option[] { preset, from, policy, roster, presentPolicy, presentRoster, seed, patience, json, plot, data, content })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = new WhatIfSettings
            {
                Preset = parsed.GetValue(preset),
                From = parsed.GetValue(from),
                Policy = parsed.GetValue(policy),
                Roster = parsed.GetValue(roster),
                PresentPolicy = parsed.GetValue(presentPolicy),
                PresentRoster = parsed.GetValue(presentRoster),
                Seed = parsed.GetValue(seed),
                Patience = parsed.GetValue(patience),
                Json = parsed.GetValue(json),
                Plot = parsed.GetValue(plot),
                Data = parsed.GetValue(data)!,
                Content = ContentFolder.Find(parsed.GetValue(content)),
            };
            try
            {
                return chosen.Preset == "mmc" ? ErlangCheck.Run(chosen, cancellation) : await WhatIfRun.RunAsync(chosen, cancellation);
            }
            catch (Exception fault) when (fault is PipelineFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException(fault.Message, SiloCommandLine.WrongUse);
            }
        });
    }
}
