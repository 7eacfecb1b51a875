using System.Collections.Frozen;
using System.Globalization;

namespace CustomerService.Channels.Twilio;

/// <summary>Twilio's error codes, in words of people who look at one message. The common ones; of others the number is enough to look them up.</summary>
internal static class TwilioErrors
{
    private static readonly FrozenDictionary<int, string> Words = new Dictionary<int, string>
    {
        [12300] = "Twilio could not fetch the message's file, or does not take its type",
        [21211] = "the customer's number is not valid",
        [21408] = "the Twilio account may not send to that country",
        [21606] = "our number can't send messages to that country",
        [21610] = "the customer sent STOP, and Twilio sends them nothing more until they send START",
        [21611] = "too many messages wait at Twilio for our number",
        [21612] = "there is no way from our number to the customer's",
        [21614] = "the customer's number can't receive messages; it may be a landline",
        [21620] = "Twilio could not fetch the message's file; check that public_url is reached from the internet",
        [21617] = "the message is longer than 1600 characters",
        [30001] = "too many messages wait at Twilio",
        [30002] = "the Twilio account is suspended",
        [30003] = "the customer's phone can't be reached; it may be switched off",
        [30004] = "the customer or the carrier blocks our messages",
        [30005] = "the customer's number does not exist any more",
        [30006] = "the customer's number is a landline, or its carrier can't be reached",
        [30007] = "the carrier took the message for spam",
        [30008] = "the carrier did not say why",
        [30009] = "a part of the message was lost",
        [30010] = "the message costs more than the account allows",
        [30011] = "the customer's phone or carrier takes no pictures",
        [30019] = "the file is too large for the customer's carrier",
        [30032] = "our toll-free number is not verified",
        [30034] = "our number is not registered for messages of businesses in the United States",
        [63016] = "the customer last wrote more than 24 hours ago, and only a template may be sent",
        [63018] = "too many messages in a short time",
    }.ToFrozenDictionary();

    /// <summary>Codes that speak of the moment, not of the message.</summary>
    private static readonly FrozenSet<int> Passing = FrozenSet.ToFrozenSet([14107, 20429, 21611, 30001, 30002, 63018]);

    public static bool IsPassing(int code) => Passing.Contains(code);

    /// <param name="code">As Twilio writes it; empty where it says none.</param>
    /// <param name="otherwise">What to say of a code that is not among the common ones.</param>
    public static string Explain(string code, string otherwise) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? $"{Words.GetValueOrDefault(number, otherwise)} (Twilio error {number})"
            : otherwise;
}
