using CustomerService.Channels.Email;
using CustomerService.Channels.Settings;
using CustomerService.Pipelines.Definitions;
using MailKit.Security;

namespace CustomerService.Channels.Tests.Email;

public sealed class EmailSettingsTests
{
    private const string Usual = """
        accounts:
          support:
            kind: email
            address: Support@Shop.Example
            imap: { host: imap.shop.example, user: me, password_env: MAIL_PASSWORD }
            smtp: { host: smtp.shop.example, user: me, password_env: MAIL_PASSWORD }
        """;

    [Fact]
    public void UsualSettings_AreSafe()
    {
        var settings = Assert.IsType<EmailSettings>(Parse(Usual).Accounts.Single());

        Assert.Equal("support@shop.example", settings.Address);
        Assert.Equal(new MailServer("imap.shop.example", 993, "me", "pass", SecureSocketOptions.SslOnConnect), settings.Imap.Server);
        Assert.Equal(new MailServer("smtp.shop.example", 465, "me", "pass", SecureSocketOptions.SslOnConnect), settings.Smtp);
        Assert.Equal((TimeSpan.FromSeconds(30), true, TimeSpan.Zero, "INBOX"), (settings.Imap.Poll, settings.Imap.Idle, settings.Imap.ReadBack, settings.Imap.Folder));
        Assert.Equal((20, false, null), (settings.MaxMegabytes, settings.PlusAddress, settings.SentFolder));
        Assert.Equal("pass", settings.TokenKey);
        Assert.Equal(Parse(Usual).Accounts.Single(), settings);
    }

    [Fact]
    public void EverySetting_IsRead()
    {
        var settings = Assert.IsType<EmailSettings>(Parse(Usual.Replace("imap.shop.example, ", "imap.shop.example, tls: starttls, folder: Help, poll: 5m, idle: false, read_back: 2d, ", StringComparison.Ordinal) + """

                plus_address: true
                sent_folder: Sent
                max_megabytes: 5
                our_lists: [group.shop.example]
                token_key_env: TOKEN_KEY
                rules: { max_characters: 1000 }
            """).Accounts.Single());

        Assert.Equal((143, SecureSocketOptions.StartTls), (settings.Imap.Server.Port, settings.Imap.Server.Security));
        Assert.Equal(("Help", TimeSpan.FromMinutes(5), false, TimeSpan.FromDays(2)), (settings.Imap.Folder, settings.Imap.Poll, settings.Imap.Idle, settings.Imap.ReadBack));
        Assert.Equal((true, "Sent", 5, "key"), (settings.PlusAddress, settings.SentFolder, settings.MaxMegabytes, settings.TokenKey));
        Assert.Equal(["group.shop.example"], settings.OurLists.All);
        Assert.Equal((1000, 20), (settings.Rules.MaxCharacters, settings.Rules.MaxAttachments));
    }

    [Theory]
    [InlineData("Support@Shop.Example", "Shop", "4", "is no mail address")]
    [InlineData("Support@Shop.Example", "support+x@shop.example", "4", "without a '+'")]
    [InlineData("host: imap.shop.example", "host: imap.shop.example, tls: none", "5", "for everybody to read")]
    [InlineData("host: imap.shop.example", "host: imap.shop.example, tls: ssl", "5", "can't be 'ssl'")]
    [InlineData("host: imap.shop.example", "host: imap.shop.example, ca_file: ca.pem", "5", "it is no whole path")]
    [InlineData("host: smtp.shop.example", "host: smtp.shop.example, ca_file: /no/such/ca.pem", "6", "/no/such/ca.pem")]
    [InlineData("host: smtp.shop.example", "host: smtp.shop.example, ca_file: /dev/null", "6", "it has no certificate in PEM")]
    [InlineData("user: me, password_env: MAIL_PASSWORD }\n    smtp", "user: me }\n    smtp", "5", "has no password_env")]
    [InlineData("user: me, password_env: MAIL_PASSWORD }\n    smtp", "user: me, password_env: NONE }\n    smtp", "5", "NONE is not set")]
    [InlineData("    smtp: { host: smtp.shop.example, user: me, password_env: MAIL_PASSWORD }", "", "3", "has no smtp")]
    public void WrongSettings_AreToldWithTheirLine(string right, string wrong, string line, string expected)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => Parse(Usual.ReplaceLineEndings("\n").Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains($"channels.yaml:{line}:", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ServerOnThisMachine_MayDoWithoutTls()
    {
        var settings = Assert.IsType<EmailSettings>(Parse(Usual.Replace("host: imap.shop.example", "host: 127.0.0.1, tls: none", StringComparison.Ordinal)).Accounts.Single());

        Assert.Equal((143, SecureSocketOptions.None), (settings.Imap.Server.Port, settings.Imap.Server.Security));
    }

    private static ChannelSettings Parse(string text) =>
        ChannelSettings.Parse(text, "channels.yaml", name => name switch { "MAIL_PASSWORD" => "pass", "TOKEN_KEY" => "key", _ => null });
}
