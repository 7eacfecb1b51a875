using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Email.Threads;
using CustomerService.Grains.Journal;

namespace CustomerService.Channels.Email;

/// <summary>What mailboxes need besides what every account does.</summary>
/// <param name="Threads">Which conversation a mail belongs to.</param>
/// <param name="Positions">How far each mailbox was read.</param>
/// <param name="Parked">Where mails are put that can't be taken.</param>
public sealed record MailParts(IMailThreads Threads, IMailboxPositions Positions, IParkedMails Parked)
{
    /// <summary>Where it stands what was said, for transcripts.</summary>
    public required Func<IJournal> Journal { get; init; }
}
