using CustomerService.Channels.Health;
using CustomerService.Gateway.Staff;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Tests.CommandLine;

public sealed class ChannelTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Status_IsATableOfAccounts_WithWhatIsWrongUnderIt()
    {
        var fine = new AccountStatus("bot", "social", "open", null, Now.AddSeconds(-20), Now.AddSeconds(-18), 0, null, null, 0, null, null, null);
        var lost = new AccountStatus(
            "mail", "email", "broken", "the mailbox can't be read: it does not answer", Now.AddHours(-2), null, 0, null, null, 0, null,
            new FollowerStatus("lost", Now.AddHours(-1), Now.AddHours(-1), "it does not answer"), null);
        var paused = new AccountStatus(
            "sms", "sms", "paused", "5 attempts to send failed in a row: busy", null, null, 5, new AccountFailure(Now, "busy"), Now.AddSeconds(30), 3, Now.AddMinutes(-10), null,
            new AccountFailure(Now.AddMinutes(-1), "403: the signature is wrong"));

        Assert.Equal(
            """
            account  channel  state   received  sent      failures  waiting  mailbox
            bot      social   open    20 s ago  18 s ago  0         0        -
            mail     email    broken  2 h ago   -         0         0        lost
            sms      sms      paused  -         -         5         3        -

            mail: broken: the mailbox can't be read: it does not answer
            sms: paused: 5 attempts to send failed in a row: busy
            sms: tried again: in 30 s
            sms: waiting: 3 of its conversations, the oldest for 10 min
            sms: last request not let in: 1 min ago, 403: the signature is wrong
            shop, for 3 h, at 2026-11-02 09:30:00 UTC
            """.ReplaceLineEndings("\n"),
            ChannelTable.Of(new ChannelReport(Now, Now.AddHours(-3), "shop", [fine, lost, paused])).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void NoAccounts_AreSaid() => Assert.Equal("channels.yaml names no accounts.", ChannelTable.Of(new ChannelReport(Now, Now, "shop", [])));
}
