using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Sms;

/// <summary>Cuts a text into numbered messages that Twilio takes.</summary>
internal static class SmsParts
{
    /// <summary>Twilio's limit of one message. It sends it as several that phones join again.</summary>
    public const int Longest = 1600;

    /// <summary>Room for <c>(12/34) </c>: they may arrive in any order.</summary>
    private const int Numbering = 10;

    public static ImmutableArray<string> Of(string text)
    {
        var whole = text.Trim();
        if (whole.Length <= Longest)
            return [whole];
        var parts = TextParts.Of(whole, Longest - Numbering, part => part.Length);
        return [.. parts.Select((part, index) => string.Create(CultureInfo.InvariantCulture, $"({index + 1}/{parts.Length}) {part}"))];
    }
}
