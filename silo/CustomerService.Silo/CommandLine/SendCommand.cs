using System.CommandLine;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Voice;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Playing;

namespace CustomerService.Silo.CommandLine;

/// <summary><c>send</c>: a person plays a customer against a running system, by each channel's own protocol.</summary>
internal static class SendCommand
{
    private static readonly string[] Channels = [ChannelNames.Chat, ChannelNames.Sms, ChannelNames.Voice, ChannelNames.Social, ChannelNames.Email];

    public static Command Create()
    {
        var channel = new Option<string>("--channel") { Description = $"By which channel: {string.Join(", ", Channels)}.", Required = true, HelpName = "NAME" };
        channel.AcceptOnlyFromAmong(Channels);
        var text = new Option<string?>("--text") { Description = "What the customer writes or says. Default: each line of standard input, one after another's answer.", HelpName = "TEXT" };
        var account = new Option<string?>("--account") { Description = "The account of channels.yaml that they write to. Default: the only one of that channel.", HelpName = "NAME" };
        var from = new Option<string?>("--from") { Description = "Who they are: a telephone number, a mail address, an id at the network. Default: somebody made up, always the same.", HelpName = "ADDRESS" };
        var wait = CommonOptions.Number("--wait", 30, 1, 3600, "How many seconds an answer may take.");
        var (data, content, url) = (CommonOptions.Data(), CommonOptions.Content(), CommonOptions.Url("A running system. Default: the one that runs on --data."));
        var command = new Command("send", "Play a customer: write by a channel's real protocol to a running system, with right signatures, and see the answers.")
        {
            channel, text, account, from, wait, data, url, content,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var system = await FindAsync(parsed.GetUrl(url), parsed.GetValue(data)!, cancellation);
            var customer = new PlayedCustomer(parsed.GetRequiredValue(channel), parsed.GetValue(account), parsed.GetValue(from));
            var settings = customer.Channel == ChannelNames.Chat ? ChannelSettings.None : Settings(parsed.GetValue(content));
            return await PlayAsync(customer, system, settings, Lines(parsed.GetValue(text)), TimeSpan.FromSeconds(parsed.GetValue(wait)), cancellation) ? 0 : SiloCommandLine.Failed;
        });
        return command;
    }

    private static async Task<bool> PlayAsync(
        PlayedCustomer customer, RunningSystem system, ChannelSettings settings, Func<Task<string?>> lines, TimeSpan patience, CancellationToken cancellation)
    {
        using var outside = system.Outside();
        var door = new ProviderDoor(outside, settings.PublicUrl);
        var account = customer.AccountOf(settings);
        if (account is VoiceSettings voice)
        {
            return await new PlayedCall(voice, door, customer.Address(voice), lines, Console.WriteLine, TimeProvider.System, patience).HoldAsync(cancellation)
                || Said($"nothing was said for {patience.TotalSeconds:0} s; the caller hung up");
        }

        var route = customer.RouteTo(account, outside, door, Console.WriteLine, TimeProvider.System);
        await using var follower = new AnswerFollower(system.Inside(), Console.WriteLine, TimeProvider.System);
        var answered = true;
        while (await lines() is { } line)
        {
            var said = await route.SayAsync(line, cancellation);
            answered = await follower.SeeAnswerAsync(said, patience, cancellation)
                || Said($"no answer within {patience.TotalSeconds:0} s; see ./run conversations show {said.Conversation}");
        }

        return answered;

        static bool Said(string words)
        {
            Console.Error.WriteLine(words);
            return false;
        }
    }

    /// <exception cref="CommandFailedException">There is none, or its token is nowhere.</exception>
    private static async Task<RunningSystem> FindAsync(Uri? url, string data, CancellationToken cancellation)
    {
        if (url is not null && Environment.GetEnvironmentVariable(EnvironmentVariables.OperatorToken) is { Length: > 0 } token)
            return new RunningSystem(url, token);
        var folder = DataFolder.Existing(data);
        var address = url ?? folder.Announced() ?? throw new CommandFailedException($"No system runs on {data}: start one with ./run, or name one with --url.");
        return new RunningSystem(address, (await folder.KeysAsync(Environment.GetEnvironmentVariable, cancellation)).OperatorToken);
    }

    private static ChannelSettings Settings(string? content)
    {
        var path = ContentFolder.Find(content).Channels;
        try
        {
            return File.Exists(path)
                ? ChannelSettings.Parse(File.ReadAllText(path), path, Environment.GetEnvironmentVariable)
                : throw new CommandFailedException($"{path}: there is no such file; it names the accounts that customers write to (docs/recipes/connect-channels.md). Only --channel chat needs none.", SiloCommandLine.WrongUse);
        }
        catch (PipelineFormatException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
    }

    /// <summary>The one text, or standard input line by line; then null.</summary>
    private static Func<Task<string?>> Lines(string? text)
    {
        var once = text;
        return async () =>
        {
            if (text is not null)
                return Interlocked.Exchange(ref once, null);
            string? line;
            do
            {
                line = await Console.In.ReadLineAsync();
            }
            while (line is { Length: 0 });
            return line;
        };
    }
}
