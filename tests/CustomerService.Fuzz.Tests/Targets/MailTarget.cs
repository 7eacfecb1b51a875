using CustomerService.Channels.Email.Reading;
using CustomerService.Channels.Tests.Email;
using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>Odd mails, made odder.</summary>
internal sealed class MailTarget : FuzzTarget
{
    private static readonly byte[][] Words = Mutation.Words(
        "\r\n", "\r\n\r\n", "\0", "--b1\r\n", "--b1--", "Content-Type: ", "multipart/mixed; boundary=b1", "text/html", "=?utf-8?B?", "=?utf-8?q?", "?=", "charset=utf-16", "charset=iso-2022-kr",
        "Content-Transfer-Encoding: ", "base64", "quoted-printable", "uuencode", "message/rfc822", "message/delivery-status", "multipart/report; report-type=delivery-status; boundary=b1",
        "application/ms-tnef", "From: ", "(((((((((", "<<<<<<<", "<div>", "<!--", "<script>", "</", "&#x", "> ", "On x wrote:", "-----Original Message-----", "\u001b$B", "filename*0*=", "%F0%9F", ";;;;",
        ",,,,", ":::", "References: ", "<a@b>", " <x@y>", "a, ", "<p><b>", "</zz>", "<td>", "-- \r\n", ">", "Am 1. schrieb ", " wrote:\r\n", "\t ", "=\r\n", "begin 644 x\r\n", "To: undisclosed:;", "\"", "\\");

    private readonly byte[][] _mails = [.. MailCorpus.Names.Select(MailCorpus.Raw)];

    public MailTarget()
        : base("mail", 300)
    {
        AllocatedAnyway = 20_000_000;
        AllocatedPerByte = 2_000;
    }

    public override byte[] Make(Random random) => Mutation.Of(random, random.Any(_mails), random.Any(_mails), Words);

    public override async ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var mail = MailCorpus.Reader.Read(input);
        if (mail is IncomingMail.Letter letter)
        {
            foreach (var file in letter.Body.Files)
                file.Write(Stream.Null);
            if (letter.Head.Address.Length == 0 || letter.Head.Subject.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || letter.Head.Name.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
                throw new FuzzFinding($"from '{letter.Head.Address}', '{letter.Head.Name}', about '{letter.Head.Subject}'");
        }

        using var start = new MemoryStream(input, 0, Math.Min(input.Length, HeaderBounds.Longest));
        await MailCorpus.Reader.ReadHeadAsync(start, CancellationToken.None);
        return new FuzzOutcome(mail.GetType().Name.ToLowerInvariant());
    }
}
