using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Tests.Telegram;

internal static class TelegramAccounts
{
    public const string OldSecret = "Loopback_secret-0";

    public static readonly Uri Nowhere = new("http://127.0.0.1:9");

    public static AccountSettings Settings(Uri api, string more = "", string secret = SocialNetwork.BotSecret, string token = SocialNetwork.BotToken) => TestParts.Settings(
        $"""
        accounts:
          bot:
            kind: telegram
            token_env: TOKEN
            secret_env: SECRET
            previous_secret_env: OLD
            api: {api.AbsoluteUri}
        {more}
        """,
        ("TOKEN", token), ("SECRET", secret), ("OLD", OldSecret));

    public static TAccount Open<TAccount>(Uri api, IAttachmentStore? files = null, TimeProvider? time = null)
        where TAccount : class, IChannelAccount => TestParts.Open<TAccount>(Settings(api), time, files);

    public static WebhookReading Read(byte[] body, string? secret = SocialNetwork.BotSecret, string more = "") => TestParts.Open<IWebhookAccount>(Settings(Nowhere, more)).Read(
        TestParts.Request("https://shop.example/api/channels/bot", body, "application/json", secret is null ? [] : [(SocialNetwork.BotSecretHeader, secret)]));

    public static ImmutableArray<ChannelEvent> Events(object update) => Assert.IsType<WebhookReading.Genuine>(Read(SocialNetwork.Update(update))).Events;
}
