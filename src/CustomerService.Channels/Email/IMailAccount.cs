using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Email;

/// <summary>An account whose messages are mails.</summary>
public interface IMailAccount : IChannelAccount
{
    /// <summary>Takes a mail in as if it had just been read from the mailbox.</summary>
    /// <returns>Why it can't be taken; null: it is seen to.</returns>
    /// <exception cref="Grains.Turns.HostBusyException">Try again later.</exception>
    /// <exception cref="Grains.Turns.StoreUnavailableException">Try again later.</exception>
    Task<string?> TakeAsync(byte[] raw, DateTimeOffset receivedAt, IChannelIntake intake, CancellationToken cancellation);
}
