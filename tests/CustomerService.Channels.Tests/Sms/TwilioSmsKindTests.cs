using CustomerService.Channels.Settings;
using CustomerService.Channels.Sms;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Sms;

public sealed class TwilioSmsKindTests
{
    [Fact]
    public void Account_IsReadWithItsUsualRules()
    {
        var settings = Assert.IsType<SmsSettings>(SmsAccounts.Settings(new Uri("https://api.example.com/"), "    previous_auth_token_env: OLD\n    stop_words: [HALT]\n    rules: { max_characters: 320 }"));
        Assert.Equal(("+4930123456", "old-token", 320, 0), (settings.Number, settings.Credentials.PreviousAuthToken, settings.Rules.MaxCharacters, settings.Rules.MaxAttachments));
        Assert.Equal("HALT", Assert.Single(settings.Keywords.Stop));
        Assert.Equal(settings, SmsAccounts.Settings(new Uri("https://api.example.com/"), "    previous_auth_token_env: OLD\n    stop_words: [HALT]\n    rules: { max_characters: 320 }"));
        Assert.DoesNotContain("token", settings.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("number: 0301234", "'number' is '0301234', which is no telephone number")]
    [InlineData("account_side: x", "has no key 'account_side'")]
    [InlineData("api: ftp://x", "'api' is 'ftp://x', which is no plain http or https address")]
    [InlineData("media: true", "Twilio fetches the files of a message itself, and does not know where")]
    [InlineData("previous_auth_token_env: NOT_THERE", "the environment variable NOT_THERE is not set")]
    public void MistakeInTheFile_IsToldWithItsPlace(string line, string told)
    {
        var text = $"accounts:\n  text:\n    kind: twilio-sms\n    account_sid: AC1\n    auth_token_env: TOKEN\n    messaging_service_sid: MG1\n    {line}\n";
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse(text, "channels.yaml", name => name == "TOKEN" ? "secret" : null));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Contains("channels.yaml(7,", fault.Message.Replace(":7:", "(7,", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void AccountWithoutANumber_IsToldToo()
    {
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse("accounts:\n  text:\n    kind: twilio-sms\n", "channels.yaml", _ => null));
        Assert.Contains("has neither a number nor a messaging_service_sid", fault.Message, StringComparison.Ordinal);
        Assert.Contains("has no account_sid", fault.Message, StringComparison.Ordinal);
        Assert.Contains("has no auth_token_env", fault.Message, StringComparison.Ordinal);
    }
}
