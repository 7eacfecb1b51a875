using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>How honest a mail server is.</summary>
internal enum Honesty
{
    /// <summary>It says what is so.</summary>
    Honest,

    /// <summary>It keeps to the protocol, and its numbers are wrong: UIDVALIDITY, UID, EXISTS, sizes; mails come that nobody asked for, and asked ones don't.</summary>
    Lying,

    /// <summary>One of its answers is garbage, after which it says nothing more.</summary>
    Raving,
}

/// <summary>A mail server's side of one connection.</summary>
/// <param name="random">Decides all that it does.</param>
/// <param name="uidValidity">Its numbering.</param>
internal sealed partial class HostileImap(Random random, Honesty honesty, IReadOnlyList<byte[]> mails, uint uidValidity)
{
    private const int MostCommands = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Numbers = ["0", "-1", "1", "2", "7", "4294967295", "4294967294", "4294967296", "2147483648", "18446744073709551616", "99999999999999999999999", "1:4294967295", "4294967295:1", "", "x", "*"];

    private static readonly byte[][] Words = Mutation.Words(
        "* ", "\r\n", "{3}\r\n", "{99999999}\r\n", "{2147483648}\r\n", "{0}\r\n", "NIL", "(", ")", "[", "]", "\"", "\\", "OK ", "NO ", "BAD ", "* BYE x\r\n", "+ \r\n", "* 3 EXPUNGE\r\n", "* 4294967295 EXISTS\r\n",
        "* 0 EXISTS\r\n", "* SEARCH ", "* FETCH ", "* 1 FETCH (UID 1)\r\n", "UID ", "BODY[]", "RFC822.SIZE ", "INTERNALDATE \"32-Foo-0000 99:99:99 +9999\"", "[UIDVALIDITY 0]", "[UIDNEXT 0]", "* VANISHED 1:*\r\n",
        "* ESEARCH (TAG \"x\") UID ALL 1:4294967295\r\n", "[ALERT] \u202e", "* CAPABILITY\r\n", "* LIST () \"/\" \"\"\r\n", "((((((((((((((((", "~{5}\r\nabc", "A00000001 OK\r\n", "[REFERRAL imap://x/]");

    private readonly int _ravesAt = random.Next(14);
    private int _commands;

    /// <summary>How much it said.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether it was asked to tell of news: then all was read.</summary>
    public bool CameToWaiting { get; private set; }

    /// <summary>Speaks until the other side has gone.</summary>
    /// <exception cref="FuzzFinding">The other side neither asks nor goes.</exception>
    public async Task ServeAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var lines = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await SayAsync(socket, "* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS SASL-IR AUTH=PLAIN] here\r\n", patience.Token);
            while (await lines.ReadLineAsync(patience.Token) is { } line)
            {
                var words = line.Split(' ', 3);
                if (words.Length < 2)
                    continue;
                if (++_commands > MostCommands)
                    socket.Shutdown(SocketShutdown.Send);
                else
                    await AnswerAsync(socket, lines, words[0], words.Length > 2 && words[1] == "UID" ? $"UID {words[2]}" : words[1], patience.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // It has gone.
        }
        catch (OperationCanceledException)
        {
            throw new FuzzFinding($"after {_commands} commands the follower neither asks nor goes");
        }
    }

    private async Task AnswerAsync(Socket socket, StreamReader lines, string tag, string command, CancellationToken patience)
    {
        if (command.StartsWith("IDLE", StringComparison.Ordinal))
        {
            CameToWaiting = true;
            await SayAsync(socket, "+ idling\r\n" + (honesty == Honesty.Honest ? "" : Lied(random.Any<string>(["", $"* {mails.Count + 1} EXISTS\r\n", "* 1 EXPUNGE\r\n", "* 0 EXISTS\r\n* 3 RECENT\r\n"]))), patience);
            while (await lines.ReadLineAsync(patience) is { } line && line != "DONE")
            {
            }
        }

        var told = Told(command);
        var end = honesty == Honesty.Lying && random.Next(12) == 0 ? $"{tag} {random.Any<string>(["NO", "BAD", "OK [READ-ONLY]", "OK [UIDVALIDITY 7]", "NO [UNAVAILABLE]", "NO [OVERQUOTA]"])} so\r\n" : $"{tag} OK {(command.StartsWith("EXAMINE", StringComparison.Ordinal) ? "[READ-ONLY] " : "")}done\r\n";
        await SayAsync(socket, told + end, patience);
        // After some dozen commands it hangs up, as servers do.
        if (honesty == Honesty.Honest && CameToWaiting)
            socket.Shutdown(SocketShutdown.Send);
    }

    private string Told(string command) => command.Split(' ') switch
    {
        ["CAPABILITY", ..] => "* CAPABILITY IMAP4rev1 IDLE UIDPLUS SASL-IR AUTH=PLAIN\r\n",
        ["NAMESPACE", ..] => "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
        ["LIST" or "LSUB" or "XLIST", ..] => "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n",
        ["SELECT" or "EXAMINE", ..] => Lied($"* FLAGS (\\Seen)\r\n* {mails.Count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {uidValidity}] x\r\n* OK [UIDNEXT {mails.Count + 1}] x\r\n"),
        ["UID", "SEARCH", ..] => Lied($"* SEARCH {string.Join(' ', Enumerable.Range(1, mails.Count))}\r\n") + News(),
        ["UID", "FETCH", var set, .. var items] => Fetched(set, string.Join(' ', items)),
        ["NOOP", ..] => News(),
        ["LOGOUT", ..] => "* BYE\r\n",
        _ => "",
    };

    private string Fetched(string set, string items)
    {
        var told = new StringBuilder(News());
        foreach (var uid in Uids(set))
        {
            if (honesty == Honesty.Lying && random.Next(10) == 0)
                continue; // it was deleted, or it is not told
            var mail = mails[(uid - 1) % mails.Count];
            var text = Encoding.Latin1.GetString(mail);
            told.Append(items switch
            {
                _ when items.Contains("HEADER", StringComparison.Ordinal) => $"{Lied($"* {uid} FETCH (UID {uid} ")}BODY[HEADER]{(items.Contains('<', StringComparison.Ordinal) ? "<0>" : "")} {{{text.Length}}}\r\n{text})\r\n",
                _ when items.Contains("BODY", StringComparison.Ordinal) => $"{Lied($"* {uid} FETCH (UID {uid} ")}BODY[] {{{text.Length}}}\r\n{text})\r\n",
                _ => Lied($"* {uid} FETCH (UID {uid} RFC822.SIZE {text.Length} INTERNALDATE \"02-Mar-2026 08:{uid % 60:00}:00 +0000\")\r\n"),
            });
        }

        return told.ToString();
    }

    private IEnumerable<int> Uids(string set) => set.Split(',')
        .SelectMany(part => part.Split(':') is [var first, var last] && int.TryParse(first, out var from) ? Enumerable.Range(from, Math.Clamp((int.TryParse(last, out var to) ? to : mails.Count) - from + 1, 0, 100))
            : int.TryParse(part, out var one) ? [one] : [])
        .Where(uid => uid > 0)
        .Take(100);

    private string News() => honesty != Honesty.Lying || random.Next(6) > 0 ? "" : Lied(random.Any<string>(
        [$"* {mails.Count + 3} EXISTS\r\n", "* 1 EXPUNGE\r\n", "* 2 FETCH (FLAGS (\\Seen) UID 2)\r\n", "* OK [UIDVALIDITY 9] new\r\n", "* FLAGS ()\r\n", "* SEARCH 1 1 1\r\n", "* 5 FETCH (UID 5 RFC822.SIZE 10 MODSEQ (1))\r\n"]));

    /// <summary>Some of the numbers are others.</summary>
    private string Lied(string text) => honesty == Honesty.Lying ? Number().Replace(text, number => random.Next(8) == 0 ? random.Any(Numbers) : number.Value) : text;

    private async Task SayAsync(Socket socket, string text, CancellationToken patience)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var raves = honesty == Honesty.Raving && _commands >= _ravesAt;
        if (raves)
            bytes = Mutation.Of(random, bytes, random.Any(mails), Words);
        Sent += bytes.Length;
        await socket.SendAsync(bytes, patience);
        if (raves)
            socket.Shutdown(SocketShutdown.Send);
    }

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Number();
}
