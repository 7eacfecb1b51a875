using CustomerService.Channels.Email.Reading;

namespace CustomerService.Channels.Tests.Email;

/// <summary>Changed at random, odd mails get odder. <c>CUSTOMERSERVICE_FUZZ=N</c> tries N of them in place of a few.</summary>
public sealed class MailFuzzTests
{
    private const int Few = 3_000;
    private const int Seed = 20260302;

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\0", "--b1\r\n", "--b1--", "Content-Type: ", "multipart/mixed; boundary=b1", "text/html", "=?utf-8?B?", "?=", "charset=utf-16", "charset=iso-2022-kr",
            "Content-Transfer-Encoding: ", "base64", "quoted-printable", "uuencode", "message/rfc822", "message/delivery-status", "multipart/report; report-type=delivery-status; boundary=b1",
            "application/ms-tnef", "From: ", "(((((((((", "<<<<<<<", "<div>", "<!--", "<script>", "</", "&#x", "> ", "On x wrote:", "-----Original Message-----", "\u001b$B", "filename*0*=", "%F0%9F", ";;;;", ",,,,", ":::",
        }.Select(System.Text.Encoding.Latin1.GetBytes),
    ];

    [Fact]
    public void ChangedMails_AreReadWithoutAFault()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("CUSTOMERSERVICE_FUZZ"), out var asked) ? asked : Few;
        var mails = MailCorpus.Names.Select(MailCorpus.Raw).ToArray();
        var random = new Random(Seed);

        for (var run = 0; run < count; run++)
        {
            var raw = Changed(mails[random.Next(mails.Length)], mails[random.Next(mails.Length)], random);
            try
            {
                if (MailCorpus.Reader.Read(raw) is IncomingMail.Letter letter)
                    Array.ForEach([.. letter.Body.Files], file => file.Write(Stream.Null));
            }
            catch (Exception fault)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"mail-fuzz-{run}.eml");
                File.WriteAllBytes(kept, raw);
                Assert.Fail($"Run {run} (kept as {kept}): {fault}");
            }
        }
    }

    private static byte[] Changed(byte[] mail, byte[] other, Random random)
    {
        var bytes = new List<byte>(mail);
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when length > 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, Words[random.Next(Words.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4 when other.Length > 0:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 400), other.Length - from)));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 400)));
                    break;
            }
        }

        return [.. bytes];
    }
}
