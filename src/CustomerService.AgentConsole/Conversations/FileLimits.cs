using CustomerService.AgentConsole.Wording;
using CustomerService.Gateway.Staff;

namespace CustomerService.AgentConsole.Conversations;

/// <summary>Tells before a file is sent anywhere that it could not go out.</summary>
internal static class FileLimits
{
    private const int Most = 10;
    private const long MostBytes = 25_000_000;
    private const double Mega = 1_000_000;

    /// <param name="sending">What the channel would take; null: it takes what we do.</param>
    /// <param name="already">How many files the reply has.</param>
    /// <param name="mediaType">As the browser says.</param>
    /// <returns>Null: it can go out.</returns>
    public static string? WhyNot(Words words, SendingOutlook? sending, int already, string name, long bytes, string mediaType)
    {
        var most = Math.Min(Most, sending?.MaxAttachments ?? Most);
        var largest = Math.Min(MostBytes, sending?.MaxAttachmentBytes ?? MostBytes);
        return most == 0 ? words["files.none_here"]
            : already >= most ? words["files.too_many", most]
            : bytes == 0 ? words["files.empty", name]
            : bytes > largest ? words["files.too_large", name, (largest / Mega).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)]
            : sending?.MediaTypes is { IsDefaultOrEmpty: false } types && !types.Any(type => Fits(type, mediaType)) ? words["files.wrong_type", name, string.Join(", ", types)]
            : null;
    }

    private static bool Fits(string wanted, string type) => wanted.EndsWith("/*", StringComparison.Ordinal)
        ? type.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(wanted, type, StringComparison.OrdinalIgnoreCase);
}
