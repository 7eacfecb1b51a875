using CustomerService.Channels.Sending;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Meta;

public sealed class MetaKindsTests
{
    [Fact]
    public void Rules_AreTheNetworksOwn()
    {
        Assert.Equal((TimeSpan.FromHours(24), false), Of(MetaAccounts.WhatsApp(MetaAccounts.Nowhere).Rules));
        Assert.Equal((TimeSpan.FromHours(24), true), Of(MetaAccounts.WhatsApp(MetaAccounts.Nowhere, "    template: {name: a, languages: [en]}").Rules));
        Assert.Equal(TimeSpan.FromDays(7), MetaAccounts.Messenger(MetaAccounts.Nowhere).Rules.AgentReplyWindow);

        static (TimeSpan?, bool) Of(ChannelRules rules) => (rules.ReplyWindow, rules.HasTemplate);
    }

    [Fact]
    public void OwnersRules_ReplaceThem() =>
        Assert.Equal(TimeSpan.FromDays(2), MetaAccounts.WhatsApp(MetaAccounts.Nowhere, "    rules: {agent_reply_window: 2d}").Rules.AgentReplyWindow);

    [Fact]
    public void SameSettings_AreEqual_SoThatAnEditElsewhereOpensNothingAnew() =>
        Assert.Equal(MetaAccounts.WhatsApp(MetaAccounts.Nowhere, "    template: {name: a, languages: [en]}"), MetaAccounts.WhatsApp(MetaAccounts.Nowhere, "    template: {name: a, languages: [en]}"));

    [Fact]
    public void Settings_DoNotShowSecrets()
    {
        var shown = MetaAccounts.WhatsApp(MetaAccounts.Nowhere).ToString();
        Assert.All([SocialNetwork.AppSecret, SocialNetwork.AccessToken, SocialNetwork.VerifyToken, MetaAccounts.OldSecret], secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("webhook_of: nobody", "there is no account 'nobody'", "name one of first, or leave it out")]
    [InlineData("webhook_of: second", "'second' is not called at an address of its own", "name one of first, or leave it out")]
    [InlineData("webhook_of: others", "calls for 'others' are signed by another app than calls for 'second'", "name one of first, or leave it out")]
    public void AddressThatCantBeShared_IsToldWithItsLineAndTheFix(string line, string told, string fix)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => Shared(line));
        Assert.Contains(fault.Message.Split('\n'), each => each.Contains("channels.yaml:4:", StringComparison.Ordinal) && each.Contains(told, StringComparison.Ordinal) && each.Contains(fix, StringComparison.Ordinal));
    }

    [Fact]
    public void AddressOfTheSameApp_CanBeShared() => Assert.Equal([null, "first", null], Shared("webhook_of: first").Accounts.Select(account => account.WebhookOf));

    private static ChannelSettings Shared(string line) => ChannelSettings.Parse(
        $$"""
        accounts:
          first: { kind: messenger, page_id: "12345", access_token_env: T, app_secret_env: OURS, verify_token_env: T }
          second:
            {{line}}
            kind: instagram
            instagram_id: "12346"
            access_token_env: T
            app_secret_env: OURS
            verify_token_env: T
          others: { kind: messenger, page_id: "12347", access_token_env: T, app_secret_env: THEIRS, verify_token_env: T }
        """,
        "channels.yaml", name => name);

    [Theory]
    [InlineData("phone_number_id: shop", "4", "is no id of Meta's")]
    [InlineData("phone_number: \"12345\"", "4", "has no key 'phone_number'")]
    [InlineData("phone_number_id: \"12345\"\n    template: {name: a}", "5", "the template has no languages")]
    [InlineData("phone_number_id: \"12345\"\n    app_secret_env: NOT_SET", "5", "the environment variable NOT_SET is not set")]
    public void WhatIsWrong_IsToldWithItsLine(string lines, string line, string told)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse($"accounts:\n  shop:\n    kind: whatsapp\n    {lines}\n", "channels.yaml", _ => null));
        Assert.Contains(fault.Message.Split('\n'), each => each.Contains($"channels.yaml:{line}:", StringComparison.Ordinal) && each.Contains(told, StringComparison.Ordinal));
    }
}
