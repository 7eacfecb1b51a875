using System.Text;
using System.Text.Json;

namespace CustomerService.Assistants.Tests.Support;

/// <summary>
/// What vendors send, from files in their own wire format (Models/Exchanges/&lt;vendor&gt;): whole or as events, a text or calls of tools. Lines
/// that begin with <c>@each</c> stand for each piece of the text, with <c>@call</c> for each call.
/// </summary>
internal static class Exchanges
{
    private static readonly string Folder = Path.Combine(Requires.RepositoryRoot, "tests", "CustomerService.Assistants.Tests", "Models", "Exchanges");

    public static string Text(string vendor, bool streams, string text) => streams
        ? Fill(Read(vendor, "reply.sse"), "@each ", Pieces(text).Select(piece => (Func<string, string>)(line => line.Replace("%PIECE%", Json(piece), StringComparison.Ordinal))))
        : Read(vendor, "reply.json").Replace("%TEXT%", Json(text), StringComparison.Ordinal);

    public static string Calls(string vendor, bool streams, IReadOnlyList<(string Tool, string Arguments)> calls)
    {
        var each = calls.Select((call, index) => (Func<string, string>)(line => line
            .Replace("%INDEX%", index.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%ID%", Json($"call_{Guid.NewGuid():N}"), StringComparison.Ordinal)
            .Replace("%NAME%", Json(call.Tool), StringComparison.Ordinal)
            .Replace("%ARGUMENTS%", Json(call.Arguments), StringComparison.Ordinal)
            .Replace("%INPUT%", call.Arguments, StringComparison.Ordinal))).ToList();
        if (streams)
            return Fill(Read(vendor, "tools.sse"), "@call ", each);
        var lines = Read(vendor, "tools.json").Split('\n');
        var shape = lines.Single(line => line.StartsWith("@call ", StringComparison.Ordinal))["@call ".Length..];
        return lines[0].Replace("%CALLS%", string.Join(',', each.Select(fill => fill(shape))), StringComparison.Ordinal);
    }

    public static string Read(string vendor, string file) => File.ReadAllText(Path.Combine(Folder, vendor, file)).ReplaceLineEndings("\n");

    private static string Fill(string template, string mark, IEnumerable<Func<string, string>> each)
    {
        var text = new StringBuilder();
        foreach (var line in template.Split('\n'))
        {
            if (!line.StartsWith(mark, StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
                continue;
            }

            foreach (var fill in each)
                text.Append(fill(line[mark.Length..].Replace("\\n", "\n", StringComparison.Ordinal))).Append("\n\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Pieces(string text) => text.Chunk(7).Select(piece => new string(piece));

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
