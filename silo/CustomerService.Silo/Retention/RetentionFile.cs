using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Retention;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using CustomerService.Reporting.Retention;

namespace CustomerService.Silo.Retention;

/// <summary>The owner's <c>retention.yaml</c> in use. Without the file everything is kept.</summary>
/// <exception cref="PipelineFormatException">It can't be used; the message lists every error with line and column.</exception>
internal sealed class RetentionFile(string path, TimeProvider time, ILogger<RetentionFile> logger)
    : LiveContent<RetentionRules>(path, () => [path], () => File.Exists(path) ? Parse(File.ReadAllText(path), path) : RetentionRules.Forever, time, logger), IRetentionRules
{
    private const string HowLong = "write '1d' or longer with d, mo or y for days, months or years, or 'forever'";

    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static RetentionRules Parse(string text, string file)
    {
        var findings = new Findings(file);
        var rules = YamlText.Read(text, findings) is { } root ? Read(root, findings) : null;
        return rules is null || findings.HasErrors ? throw new PipelineFormatException(findings.InOrder) : rules;
    }

    private static RetentionRules Read(YamlMapping root, Findings findings)
    {
        // What is erased can't be had back, so a file that says nothing clearly is no file of rules.
        if (new MappingReader(root, "a file of retention", findings, "retention").Map("retention") is not { } map)
        {
            if (!findings.HasErrors)
                findings.Error(root.At, "the file says nothing", "write 'retention:' with an indented line 'conversations: forever' under it");
            return RetentionRules.Forever;
        }

        var reader = new MappingReader(map, "retention", findings, "conversations", "channels", "at", "time_zone");
        reader.RequiredText("conversations", KeepTime.ForeverWord);
        return new RetentionRules(KeepOf(reader, "conversations", findings) ?? KeepTime.Forever, ChannelsOf(reader, findings), AtOf(reader, findings), ZoneOf(reader, findings));
    }

    private static ImmutableSortedDictionary<string, KeepTime> ChannelsOf(MappingReader retention, Findings findings)
    {
        var channels = ImmutableSortedDictionary.CreateBuilder<string, KeepTime>(StringComparer.Ordinal);
        if (retention.Map("channels") is { } map)
        {
            var reader = new MappingReader(map, "'channels'", findings, [.. ChannelNames.All]);
            foreach (var channel in ChannelNames.All)
            {
                if (KeepOf(reader, channel, findings) is { } keep)
                    channels[channel] = keep;
            }
        }

        return channels.ToImmutable();
    }

    private static KeepTime? KeepOf(MappingReader reader, string key, Findings findings)
    {
        if (reader.Text(key) is not { } text)
            return null;
        if (KeepTime.Parse(text.Value) is { } keep)
            return keep;
        findings.Error(text.At, $"'{key}' is kept '{text.Value}', which is no length of time from a day to {KeepTime.MostYears} years", HowLong);
        return null;
    }

    private static TimeOnly AtOf(MappingReader reader, Findings findings)
    {
        if (reader.Text("at") is not { } text)
            return RetentionRules.UsualAt;
        if (TimeOnly.TryParseExact(text.Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return at;
        findings.Error(text.At, $"'{text.Value}' is no time of day", "write at: \"03:15\", with the quotes");
        return RetentionRules.UsualAt;
    }

    private static string ZoneOf(MappingReader reader, Findings findings)
    {
        if (reader.Text("time_zone") is not { } zone)
            return "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone.Value, out _))
            findings.Error(zone.At, $"there is no time zone '{zone.Value}'", Suggestion.For(zone.Value, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id)));
        return zone.Value;
    }
}
