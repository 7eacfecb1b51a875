using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Settings;

public sealed class ChatSettingsTests
{
    private const string Accounts = """
        accounts:
          support:
            kind: email
            address: support@shop.example
            imap: { host: imap.shop.example, user: me, password_env: CHAT_KEY }
            smtp: { host: smtp.shop.example, user: me, password_env: CHAT_KEY }
          texts: { kind: twilio-sms, number: "+15550100", account_sid: ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, auth_token_env: CHAT_KEY }
        """;

    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["CHAT_KEY"] = "0123456789abcdef0123456789abcdef",
        ["OLD_KEY"] = "fedcba9876543210fedcba9876543210",
        ["SHORT_KEY"] = "hunter2",
    };

    [Fact]
    public void Nothing_said_allows_no_other_site_and_takes_no_identities()
    {
        var chat = Parse("public_url: https://help.example\n").Chat;

        Assert.False(chat.Allows("https://shop.example"));
        Assert.Null(chat.IdentityKeys);
    }

    [Fact]
    public void Sites_and_keys_are_read()
    {
        var chat = Parse("chat:\n  allowed_origins: [https://shop.example, 'http://localhost:5173']\n  identity_key_env: CHAT_KEY\n  previous_identity_key_env: OLD_KEY\n").Chat;

        Assert.True(chat.Allows("https://shop.example") && chat.Allows("http://localhost:5173"));
        Assert.False(chat.Allows("https://shop.example.evil.example") || chat.Allows("http://shop.example") || chat.Allows("null") || chat.Allows(""));
        Assert.True(chat.IdentityKeys!.Holds(Environment["CHAT_KEY"]) && chat.IdentityKeys.Holds(Environment["OLD_KEY"]));
    }

    [Fact]
    public void Mailbox_for_transcripts_is_one_of_the_accounts()
    {
        var settings = Parse("chat: { transcripts_by: support, identity_proves: none }\n" + Accounts);

        Assert.Equal(("support", false), (settings.Chat.TranscriptsBy, settings.Chat.IdentityProves));
        Assert.Equal((null, true), (Parse(Accounts).Chat.TranscriptsBy, Parse(Accounts).Chat.IdentityProves));
    }

    [Theory]
    [InlineData("transcripts_by: helpdesk", "1:25", "there is no account 'helpdesk'", "name one of support")]
    [InlineData("transcripts_by: texts", "1:25", "'texts' is an account, but none of kind 'email'", "name one of support")]
    [InlineData("identity_proves: all", "1:26", "can't be 'all'", "basic")]
    public void Account_that_mails_nothing_is_refused(string key, string place, string fault, string fix)
    {
        var error = Assert.Throws<PipelineFormatException>(() => Parse($"chat: {{ {key} }}\n{Accounts}"));

        Assert.Contains($"channels.yaml:{place}", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transcripts_without_any_mailbox_are_told_where_to_find_one()
    {
        var error = Assert.Throws<PipelineFormatException>(() => Parse("chat:\n  transcripts_by: support\n"));

        Assert.Contains("channels.yaml:2:19", error.Message, StringComparison.Ordinal);
        Assert.Contains("connect-mailboxes.md", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat:\n  allowed_origins: [https://shop.example/path]", "2:21", "write 'https://shop.example'")]
    [InlineData("chat:\n  allowed_origins: [shop.example]", "2:21", "scheme and host")]
    [InlineData("chat:\n  allowed_origins: ['*']", "2:21", "scheme and host")]
    [InlineData("chat:\n  allowed_origin: [https://shop.example]", "2:3", "allowed_origins")]
    [InlineData("chat:\n  identity_key_env: NOT_SET", "2:21", "NOT_SET")]
    [InlineData("chat:\n  identity_key_env: SHORT_KEY", "2:21", "openssl rand")]
    [InlineData("chat:\n  previous_identity_key_env: OLD_KEY", "2:3", "identity_key_env")]
    [InlineData("chat: on", "1:7", "map")]
    public void What_is_wrong_is_named_with_its_place_and_fix(string text, string place, string fix)
    {
        var error = Assert.Throws<PipelineFormatException>(() => Parse(text));

        Assert.Contains($"channels.yaml:{place}", error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static ChannelSettings Parse(string text) => ChannelSettings.Parse(text, "channels.yaml", name => Environment.GetValueOrDefault(name));
}
