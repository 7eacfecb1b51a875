using System.Globalization;

namespace CustomerService.Grains.Queues;

/// <summary>
/// Ids of offers, <c>queue-number</c>. A queue's numbers only rise, so whoever gets an offer can tell a new one from a repeated one.
/// </summary>
public static class OfferIds
{
    public static string Of(string queue, long number) => string.Create(CultureInfo.InvariantCulture, $"{queue}-{number}");

    /// <summary>The queue that made the offer; empty when the text is no offer's id.</summary>
    public static string QueueOf(string offerId) => offerId.LastIndexOf('-') is > 0 and var dash ? offerId[..dash] : "";

    /// <summary>The offer's number; 0 when the text is no offer's id.</summary>
    public static long NumberOf(string offerId) =>
        offerId.LastIndexOf('-') is > 0 and var dash
        && long.TryParse(offerId.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
