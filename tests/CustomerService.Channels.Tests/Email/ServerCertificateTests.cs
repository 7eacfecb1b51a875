using System.Net.Security;
using System.Security.Cryptography;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Tests.Vendors;
using MailKit.Security;

namespace CustomerService.Channels.Tests.Email;

/// <summary>Which servers are given a password, with real ones of which only one name is right.</summary>
public sealed class ServerCertificateTests(MailServers servers) : IClassFixture<MailServers>
{
    public static TheoryData<SecureSocketOptions> BothWays { get; } = [SecureSocketOptions.SslOnConnect, SecureSocketOptions.StartTls];

    [RequiresTheory("mail-servers")]
    [MemberData(nameof(BothWays))]
    public async Task ServerOfOurOwnAuthority_IsReadAndSentTo(SecureSocketOptions security)
    {
        using var desk = new MailDesk();
        var settings = Settings(security);
        await using var account = settings.Open(desk.Parts());
        using var stop = new CancellationTokenSource();

        Assert.IsType<SendOutcome.Accepted>(await ((ISendingAccount)account).SendAsync(
            MailDesk.Answer("email-00000000000000000000000000000003", $"by {security}", address: "secured@shop.example"), CancellationToken.None));
        await servers.SwaksAsync("ada@customer.example", "secured@shop.example", "--body", $"read by {security}");
        var following = ((IFollowingAccount)account).FollowAsync(desk, stop.Token);

        await desk.MessageAsync($"read by {security}");
        await stop.CancelAsync();
        await following;
    }

    [RequiresTheory("mail-servers")]
    [MemberData(nameof(BothWays))]
    public async Task CertificateOfAnotherHost_IsRefused(SecureSocketOptions security) =>
        await AssertRefusedAsync(security, server => server with { Host = "127.0.0.1" }, "127.0.0.1 shows a certificate that is not for this name but for localhost");

    [RequiresTheory("mail-servers")]
    [MemberData(nameof(BothWays))]
    public async Task CertificateOfAnotherAuthority_IsRefused(SecureSocketOptions security)
    {
        await AssertRefusedAsync(security, server => server with { CaFile = servers.OtherCaFile }, "the certificate of localhost can't be trusted");
        await AssertRefusedAsync(security, server => server with { CaFile = null }, "name that one's certificate as 'ca_file'");
        await AssertRefusedAsync(security, server => server with { CaFile = servers.CaFile + ".gone" }, ".gone can't be read");
    }

    [Fact]
    public async Task ServerThatOffersNoTls_GetsNoPassword()
    {
        using var desk = new MailDesk();
        await using var server = new SmtpStandIn { Fault = SmtpFault.WrongPassword };
        var settings = MailDesk.Settings(1, server.Port);
        await using var account = (ISendingAccount)(settings with { Smtp = settings.Smtp with { User = "support", Password = "x", Security = SecureSocketOptions.StartTls } }).Open(desk.Parts());

        var outcome = Assert.IsType<SendOutcome.Later>(await account.SendAsync(MailDesk.Answer("email-00000000000000000000000000000003", "Hello"), CancellationToken.None));

        Assert.Contains("STARTTLS", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, "1.3.6.1.5.5.7.3.1", null)]
    [InlineData(-1, "1.3.6.1.5.5.7.3.1", "NotTimeValid")]
    [InlineData(29, "1.3.6.1.5.5.7.3.2", "NotValidForUsage")]
    public async Task CertificateThatTheAuthoritySigned_HasToBeAServersAndOfToday(int until, string usage, string? refusal)
    {
        using var desk = new MailDesk();
        using var authority = MailServers.Authority();
        using var key = ECDsa.Create();
        using var shown = MailServers.Signed(authority, key, "mail.shop.example", until, usage);
        var file = Path.Combine(desk.Folder, "authority.pem");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        var certificate = new ServerCertificate(new MailServer("mail.shop.example", 993, "", "", SecureSocketOptions.SslOnConnect) { CaFile = file });

        var trusted = certificate.IsTrusted(this, shown, null, SslPolicyErrors.RemoteCertificateChainErrors);

        Assert.Equal(refusal is null, trusted);
        if (refusal is not null)
            Assert.Contains(refusal, certificate.Refusal, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(SecureSocketOptions security, Func<MailServer, MailServer> other, string reason)
    {
        using var desk = new MailDesk();
        var settings = Settings(security);
        var reading = await Assert.ThrowsAsync<IOException>(() => MailConnections.ImapAsync(other(settings.Imap.Server), CancellationToken.None));
        Assert.Contains(reason, reading.Message, StringComparison.Ordinal);

        await using var account = (ISendingAccount)(settings with { Smtp = other(settings.Smtp) }).Open(desk.Parts());
        var sending = Assert.IsType<SendOutcome.Later>(await account.SendAsync(MailDesk.Answer("email-00000000000000000000000000000003", "Hello"), CancellationToken.None));
        Assert.Contains(reason, sending.Reason, StringComparison.Ordinal);
    }

    private EmailSettings Settings(SecureSocketOptions security)
    {
        var (imap, smtp) = security == SecureSocketOptions.SslOnConnect ? (servers.SecureImapPort, servers.SecureSmtpPort) : (servers.ImapPort, servers.SmtpPort);
        var settings = MailDesk.Settings(imap, smtp, "secured");
        MailServer Secured(MailServer server) => server with { Host = MailServers.Host, Security = security, CaFile = servers.CaFile };
        return settings with { Imap = settings.Imap with { Server = Secured(settings.Imap.Server), ReadBack = TimeSpan.FromDays(1) }, Smtp = Secured(settings.Smtp) };
    }
}
