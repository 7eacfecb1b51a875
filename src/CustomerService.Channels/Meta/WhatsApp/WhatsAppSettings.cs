using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Meta.WhatsApp;

/// <summary>A number of ours at WhatsApp's Cloud API.</summary>
/// <param name="NumberId">Meta's id of the number, which is not the number.</param>
/// <param name="Template">What may be sent when the customer has not written for a day; null: nothing.</param>
public sealed record WhatsAppSettings(string Name, MetaApp App, string NumberId, WhatsAppTemplate? Template) : AccountSettings(Name), IMetaSettings
{
    /// <summary>Of one message, in characters.</summary>
    public const int LongestText = 4096;

    /// <summary>WhatsApp's own limits, with long texts in up to ten messages.</summary>
    public static ChannelRules UsualRules { get; } = new()
    {
        MaxCharacters = 10 * LongestText,
        MaxAttachments = 10,
        MaxAttachmentBytes = 100_000_000,
        ReplyWindow = TimeSpan.FromHours(24),
    };

    public override string Channel => ChannelNames.Social;

    public override bool IsCalledLike(AccountSettings other) => App.IsAppOf(other);

    public override IChannelAccount Open(AccountParts parts) => new WhatsAppAccount(this, parts);
}

/// <summary>A message that WhatsApp approved, with one parameter in its text: what we have to say.</summary>
/// <param name="Languages">That it was approved in, such as <c>en</c> and <c>pt_BR</c>; the first where the customer's is not among them.</param>
public sealed record WhatsAppTemplate(string Name, ImmutableArray<string> Languages)
{
    /// <summary>Of the parameter, in characters: with the words around it, a template may have 1024.</summary>
    public const int LongestText = 900;

    /// <summary>The text as a parameter: WhatsApp takes no line breaks in one, and no more than four spaces together.</summary>
    public static string ParameterOf(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Why a message can't go as a template; null: it can.</summary>
    public static string? WhyNot(WhatsAppTemplate? template, Outbound message)
    {
        const string Late = "the customer last wrote more than 24 hours ago";
        if (template is null)
            return $"{Late}, and the account has no template";
        if (!message.Attachments.IsEmpty)
            return $"{Late}: only the template may be sent, and it takes no files";
        var length = ParameterOf(message.Text).Length;
        return length > LongestText ? $"{Late}: only the template may be sent, and it takes {LongestText} characters; this text has {length}" : null;
    }

    /// <param name="customers">What the customer writes in, such as <c>de</c> or <c>pt-BR</c>; empty: not known.</param>
    public string LanguageFor(string customers)
    {
        var wanted = customers.Replace('-', '_');
        return Languages.FirstOrDefault(
            language => language.Equals(wanted, StringComparison.OrdinalIgnoreCase),
            Languages.FirstOrDefault(language => Base(language).Equals(Base(wanted), StringComparison.OrdinalIgnoreCase), Languages[0]));
    }

    private static string Base(string language) => language.Split('_')[0];

    public bool Equals(WhatsAppTemplate? other) => other is not null && Name == other.Name && Languages.SequenceEqual(other.Languages);

    public override int GetHashCode() => HashCode.Combine(Name, Languages.Length);
}
