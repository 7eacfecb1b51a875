using System.Globalization;

namespace CustomerService.Channels.Social;

/// <summary>What customers send that is neither a text nor a file, as a text: agents read it, and assistants too.</summary>
internal static class CustomerWords
{
    public static string Place(string name, string address, string latitude, string longitude) =>
        string.Join('\n', new[] { string.Join(", ", new[] { name, address }.Where(text => text.Length > 0)), Coordinates(latitude, longitude) }.Where(line => line.Length > 0)) is { Length: > 0 } place
            ? $"📍 {place}"
            : "";

    public static string Person(string name, IEnumerable<string> reachedAt) => $"👤 {string.Join(", ", reachedAt.Prepend(name).Where(text => text.Length > 0).Take(10))}";

    public static string Order(string text, IEnumerable<(string Product, string Quantity)> items) =>
        string.Join('\n', items.Take(100).Select(item => $"🛒 {item.Quantity} × {item.Product}").Prepend(text).Where(line => line.Length > 0));

    /// <summary>What was said before stays in the transcript.</summary>
    public static string Edited(string text) => $"✎ {text}";

    /// <summary>Nothing is lost unseen: whoever answers can ask for it in another form.</summary>
    /// <param name="kind">As the network calls it; empty where it does not say.</param>
    public static string Unsupported(string network, string kind) =>
        kind.Length is > 0 and <= 40 && kind.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-') && kind is not ("unsupported" or "unknown")
            ? $"[{network}: a message of the kind '{kind}', which can't be shown here]"
            : $"[{network}: a message of a kind that it does not pass on]";

    private static string Coordinates(string latitude, string longitude) => Degrees(latitude) is { } north && Degrees(longitude) is { } east ? $"{north}, {east}" : "";

    private static string? Degrees(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees)
        ? degrees.ToString("0.######", CultureInfo.InvariantCulture)
        : null;
}
