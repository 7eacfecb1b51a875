using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerService.Bench.Doors;

namespace CustomerService.Bench.Sockets;

/// <summary><c>crowd</c>: the customers of <c>sockets</c>, or a part of them, in a process of their own. Not for people.</summary>
internal static class CrowdCommand
{
    public const string Name = "crowd";

    public static Command Create()
    {
        var address = new Argument<string>("address");
        var texts = new Argument<string>("texts");
        var number = new Argument<int>("number");
        var chat = new Option<bool>("--chat");
        var command = new Command(Name) { address, texts, number, chat };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var part = parsed.GetValue(number);
            await using var crowd = new Crowd(
                new Uri(parsed.GetValue(address)!), parsed.GetValue(chat), string.Create(CultureInfo.InvariantCulture, $"{part}"),
                new IPAddress([127, 0, 1, (byte)(part + 1)]), await File.ReadAllLinesAsync(parsed.GetValue(texts)!, cancellation));
            Console.WriteLine("ready");
            while (await Console.In.ReadLineAsync(cancellation) is { } line)
                Console.WriteLine(await DoAsync(crowd, line.Split(' '), cancellation));
            return 0;
        });
        return command;
    }

    public static Task<ChildProcess> StartAsync(Uri address, string texts, int number, bool isChat, CancellationToken cancellation) => ChildProcess.StartAsync(
        [Name, address.ToString(), texts, number.ToString(CultureInfo.InvariantCulture), "--chat", isChat ? "true" : "false"], new Dictionary<string, string>(), cancellation);

    private static async Task<string> DoAsync(Crowd crowd, string[] words, CancellationToken cancellation)
    {
        switch (words)
        {
            case ["open", var more]:
                await crowd.OpenAsync(Number(more), cancellation);
                break;
            case ["say"]:
                await crowd.SayOnceAsync(cancellation);
                break;
            case ["close"]:
                await crowd.CloseAsync();
                break;
            case ["pace", var perSecond, var seconds]:
                return JsonSerializer.Serialize(await crowd.PaceAsync(Number(perSecond), Number(seconds), cancellation));
            default:
                throw new ArgumentException($"'{string.Join(' ', words)}' is nothing that a crowd does.");
        }

        return "done";
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
