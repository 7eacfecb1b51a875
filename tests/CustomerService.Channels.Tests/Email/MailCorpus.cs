using CustomerService.Channels.Email.Reading;

namespace CustomerService.Channels.Tests.Email;

/// <summary>The mails in <c>Mails/</c>, and what must come of each: <c>Mails/table.tsv</c>.</summary>
internal static class MailCorpus
{
    public const string Ours = "support@shop.example";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Email", "Mails");

    public static MailReader Reader { get; } = new(Ours, ["support-group.shop.example"]);

    public static byte[] Raw(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.eml"));

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static IEnumerable<string[]> Table => File.ReadLines(Path.Combine(Folder, "table.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'));
}
