using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Grains.Turns;

namespace CustomerService.Channels.Email.Receiving;

/// <summary>What a person does with mails that could not be taken: looks at them, tries again once the cause is gone, or gives them up.</summary>
public sealed class ParkedMailDesk(IParkedMails parked, ChannelAccounts accounts, IChannelIntake intake)
{
    /// <inheritdoc cref="IParkedMails.ListAsync"/>
    public Task<IReadOnlyList<ParkedMail>> ListAsync(string? account, int limit, CancellationToken cancellation) => parked.ListAsync(account, limit, cancellation);

    /// <inheritdoc cref="IParkedMails.FindAsync"/>
    public Task<(ParkedMail Mail, byte[] Raw)?> FindAsync(string account, string id, CancellationToken cancellation) => parked.FindAsync(account, id, cancellation);

    /// <inheritdoc cref="IParkedMails.DropAsync"/>
    public Task<bool> DropAsync(string account, string id, CancellationToken cancellation) => parked.DropAsync(account, id, cancellation);

    /// <summary>Reads it again, as this program reads mails today. Once taken it is parked no longer; a mail that was taken meanwhile changes nothing.</summary>
    /// <exception cref="HostBusyException">Try again later.</exception>
    /// <exception cref="StoreUnavailableException">Try again later.</exception>
    public async Task<ParkedMailRetry> RetryAsync(string account, string id, CancellationToken cancellation)
    {
        if (await parked.FindAsync(account, id, cancellation) is not var (mail, raw))
            return new ParkedMailRetry.NotFound();
        if (accounts.Find<IMailAccount>(account) is not { } mailbox)
            return new ParkedMailRetry.StillParked($"channels.yaml has no mailbox '{account}' any more; a mail is taken in by the account that it came to");

        string? reason;
        try
        {
            reason = await mailbox.TakeAsync(raw, mail.ReceivedAt, intake, cancellation);
        }
#pragma warning disable CA1031 // Whatever is wrong with it is why it stays.
        catch (Exception fault) when (fault is not (HostBusyException or StoreUnavailableException or OperationCanceledException))
#pragma warning restore CA1031
        {
            reason = fault.ToString();
        }

        if (reason is not null)
            return new ParkedMailRetry.StillParked((await parked.ParkAsync(account, raw, reason, mail.ReceivedAt, cancellation)).Reason.Split('\n')[0].TrimEnd('.', '\r'));
        await parked.DropAsync(account, id, cancellation);
        return new ParkedMailRetry.Taken();
    }
}

/// <summary>What came of trying a parked mail again.</summary>
public abstract record ParkedMailRetry
{
    private ParkedMailRetry()
    {
    }

    public sealed record Taken : ParkedMailRetry;

    public sealed record NotFound : ParkedMailRetry;

    /// <param name="Reason">One line, without a full stop.</param>
    public sealed record StillParked(string Reason) : ParkedMailRetry;
}
