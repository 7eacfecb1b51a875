using System.Text;
using CustomerService.Channels.Sending;

namespace CustomerService.Channels.Meta.Pages;

/// <summary>Messenger and Instagram speak alike; this is where they differ.</summary>
/// <param name="Kind">What stands after <c>kind:</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="IdKey">The setting with our id there.</param>
/// <param name="Object">What webhooks say they are about.</param>
/// <param name="Platform">What uploads have to say; null: nothing.</param>
/// <param name="LongestText">Of one message, as <paramref name="Size"/> counts.</param>
public sealed record PageNetwork(string Kind, string Title, string IdKey, string Object, string? Platform, int LongestText, Func<string, int> Size, ChannelRules UsualRules)
{
    private static readonly ChannelRules Usual = new()
    {
        MaxAttachments = 10,
        MaxAttachmentBytes = 25_000_000,
        ReplyWindow = TimeSpan.FromHours(24),
        AgentReplyWindow = TimeSpan.FromDays(7),
    };

    public static PageNetwork Messenger { get; } = new(
        "messenger", "Messenger", "page_id", "page", null, 2000, text => text.Length, Usual with { MaxCharacters = 10 * 2000 });

    /// <summary>Counts bytes, and shows no documents.</summary>
    public static PageNetwork Instagram { get; } = new(
        "instagram", "Instagram", "instagram_id", "instagram", "instagram", 1000, Encoding.UTF8.GetByteCount,
        Usual with { MaxCharacters = 10 * 1000, MediaTypes = ["image/png", "image/jpeg", "image/gif", "audio/*", "video/*"] });
}
