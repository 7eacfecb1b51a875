using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Sms;

/// <summary>What a customer's text message means.</summary>
internal sealed class InboundSms(string account, SmsKeywords keywords)
{
    /// <summary>In the metadata: which number of ours they wrote to. Answers come from it.</summary>
    public const string OurNumber = "our_number";

    private const int MostMedia = 10;

    private static readonly WebhookAnswer Nothing = Answer(null);

    public WebhookReading Message(ImmutableDictionary<string, string> values, DateTimeOffset at)
    {
        var id = values.GetValueOrDefault("MessageSid") ?? values.GetValueOrDefault("SmsMessageSid", "");
        var from = PhoneAddress.Normalise(values.GetValueOrDefault("From", ""));
        if (id.Length == 0 || from.Length == 0)
            return new WebhookReading.Refused(400, "a message without MessageSid or From");

        // Senders who withhold their numbers are not all one customer.
        if (PhoneAddress.Caller(from) is null)
            from = PhoneAddress.Withheld(id);
        var conversation = ConversationIds.Between(ChannelNames.Sms, account, from);
        var text = values.GetValueOrDefault("Body", "");
        var decided = values.GetValueOrDefault("OptOutType", "");
        var keyword = keywords.Find(text, decided);
        var answer = decided.Length > 0 ? null : keywords.TextFor(keyword);
        var events = ImmutableArray.CreateBuilder<ChannelEvent>();
        if (keyword is SmsKeyword.Stop or SmsKeyword.Start or SmsKeyword.Yes)
            events.Add(new ChannelEvent.OptOut(conversation, new SetOptOut(keyword == SmsKeyword.Stop, text.Trim())));

        // Nobody is left without an answer, and nobody who wants none gets one.
        var isAnswered = keyword == SmsKeyword.Stop || (keyword is SmsKeyword.Start or SmsKeyword.Help && (answer is not null || decided.Length > 0));
        if (!isAnswered)
        {
            var interaction = new Interaction(id, ChannelNames.Sms, from, text, at) { ChannelMetadata = Metadata(values) };
            events.Add(new ChannelEvent.Message(conversation, interaction) { Media = Media(values) });
        }

        return new WebhookReading.Genuine(events.DrainToImmutable(), answer is null ? Nothing : Answer(answer));
    }

    private static ImmutableDictionary<string, string> Metadata(ImmutableDictionary<string, string> values) =>
        values.GetValueOrDefault("To") is { Length: > 0 } to
            ? ImmutableDictionary<string, string>.Empty.Add(OurNumber, PhoneAddress.Normalise(to))
            : ImmutableDictionary<string, string>.Empty;

    private static ImmutableArray<MediaReference> Media(ImmutableDictionary<string, string> values)
    {
        var count = int.TryParse(values.GetValueOrDefault("NumMedia", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? Math.Min(said, MostMedia) : 0;
        var media = ImmutableArray.CreateBuilder<MediaReference>();
        for (var index = 0; index < count; index++)
        {
            var type = values.GetValueOrDefault($"MediaContentType{index}", "application/octet-stream");
            if (values.GetValueOrDefault($"MediaUrl{index}") is { Length: > 0 } url)
                media.Add(new MediaReference(url, $"attachment-{index + 1}{Ending(type)}", type));
        }

        return media.ToImmutable();
    }

    /// <summary><c>.jpg</c> for <c>image/jpeg</c>.</summary>
    private static string Ending(string mediaType)
    {
        var kind = mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return kind switch
        {
            "jpeg" => ".jpg",
            "mpeg" when mediaType.StartsWith("audio/", StringComparison.Ordinal) => ".mp3",
            "plain" => ".txt",
            "x-vcard" => ".vcf",
            { Length: > 0 and <= 8 } when kind.All(char.IsAsciiLetterOrDigit) && mediaType.Contains('/', StringComparison.Ordinal) => "." + kind,
            _ => "",
        };
    }

    private static WebhookAnswer Answer(string? text) => new("text/xml", Twiml.Document(response =>
    {
        if (text is not null)
            response.WriteElementString("Message", TwimlText.Clean(text));
    }));
}
