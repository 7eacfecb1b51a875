using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Settings;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Email;

public sealed class ParkedMailDeskTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task MailWhoseCauseIsGone_IsTakenInAsOfWhenItCame()
    {
        using var desk = new MailDesk();
        await using var open = new Open(desk);
        var mail = await open.ParkAsync(Mail("From: ada@customer.example\n", "Where is my order?"));

        Assert.IsType<ParkedMailRetry.Taken>(await open.Desk.RetryAsync("support", mail.Id, CancellationToken.None));

        var came = await desk.MessageAsync("Where is my order?");
        Assert.Equal(("ada@customer.example", Morning), (came.Interaction.Address, came.Interaction.ReceivedAt));
        Assert.Empty(await open.Desk.ListAsync(null, 10, CancellationToken.None));
        Assert.IsType<ParkedMailRetry.NotFound>(await open.Desk.RetryAsync("support", mail.Id, CancellationToken.None));
    }

    [Fact]
    public async Task MailThatStillCantBeTaken_StaysWithTheNewReason()
    {
        using var desk = new MailDesk();
        await using var open = new Open(desk);
        var nobodys = await open.ParkAsync(Mail("", "from nobody"));
        var feared = await open.ParkAsync(Mail("From: ada@customer.example\n", "feared"));
        desk.Door = _ => throw new InvalidOperationException("A bug.");

        var unusable = Assert.IsType<ParkedMailRetry.StillParked>(await open.Desk.RetryAsync("support", nobodys.Id, CancellationToken.None));
        var fault = Assert.IsType<ParkedMailRetry.StillParked>(await open.Desk.RetryAsync("support", feared.Id, CancellationToken.None));

        Assert.Equal("it does not say who sent it, so nobody can be answered", unusable.Reason);
        Assert.Contains("A bug", fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Reason);
        Assert.All(await open.Desk.ListAsync(null, 10, CancellationToken.None), mail => Assert.DoesNotContain("as before", mail.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BusySystem_IsTold_AndTheMailStaysAsItIs()
    {
        using var desk = new MailDesk { Door = _ => throw new HostBusyException("busy", TimeSpan.FromSeconds(1)) };
        await using var open = new Open(desk);
        var mail = await open.ParkAsync(Mail("From: ada@customer.example\n", "Hello"));

        await Assert.ThrowsAsync<HostBusyException>(() => open.Desk.RetryAsync("support", mail.Id, CancellationToken.None));

        Assert.Equal([mail], await open.Desk.ListAsync("support", 10, CancellationToken.None));
    }

    [Fact]
    public async Task MailOfAnAccountThatIsGone_WaitsForIt()
    {
        using var desk = new MailDesk();
        await using var open = new Open(desk);
        var mail = await open.ParkAsync(Mail("From: ada@customer.example\n", "Hello"), account: "sales");

        var retry = Assert.IsType<ParkedMailRetry.StillParked>(await open.Desk.RetryAsync("sales", mail.Id, CancellationToken.None));

        Assert.Contains("no mailbox 'sales'", retry.Reason, StringComparison.Ordinal);
        Assert.Equal([mail], await open.Desk.ListAsync("sales", 10, CancellationToken.None));
    }

    private static byte[] Mail(string head, string text) => Encoding.UTF8.GetBytes($"{head}To: support@shop.example\nMessage-Id: <{text.GetHashCode(StringComparison.Ordinal)}@c>\n\n{text}\n");

    private sealed class Open : IAsyncDisposable
    {
        private readonly ChannelAccounts _accounts;
        private readonly IParkedMails _mails;

        public Open(MailDesk desk)
        {
            var parts = desk.Parts();
            _accounts = new ChannelAccounts(ChannelSettings.None with { Accounts = [MailDesk.Settings(1, 1)] }, _ => parts, NullLogger<ChannelAccounts>.Instance);
            _mails = parts.Mail!.Parked;
            Desk = new ParkedMailDesk(_mails, _accounts, desk);
        }

        public ParkedMailDesk Desk { get; }

        public Task<ParkedMail> ParkAsync(byte[] raw, string account = "support") => _mails.ParkAsync(account, raw, "as before", Morning, CancellationToken.None);

        public ValueTask DisposeAsync() => _accounts.DisposeAsync();
    }
}
