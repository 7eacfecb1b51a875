namespace CustomerService.Channels.Email.Receiving;

/// <summary>Keeps mails that can't be taken, so that a person can look at them.</summary>
public interface IParkedMails
{
    /// <summary>Returns when it is durable. The same mail again is kept once, with the newest reason.</summary>
    /// <exception cref="IOException">It can't be kept.</exception>
    Task<ParkedMail> ParkAsync(string account, byte[] raw, string reason, DateTimeOffset receivedAt, CancellationToken cancellation);

    /// <summary>The oldest first.</summary>
    /// <param name="account">Only this one's; null: all.</param>
    Task<IReadOnlyList<ParkedMail>> ListAsync(string? account, int limit, CancellationToken cancellation);

    /// <summary>One with its bytes; null: there is none of that id.</summary>
    Task<(ParkedMail Mail, byte[] Raw)?> FindAsync(string account, string id, CancellationToken cancellation);

    /// <summary>Keeps it no longer. False: there is none of that id.</summary>
    Task<bool> DropAsync(string account, string id, CancellationToken cancellation);
}

/// <summary>A mail that could not be taken.</summary>
/// <param name="Account">Whose mailbox it came to.</param>
/// <param name="Id">Tells it from the others of its account.</param>
/// <param name="Reason">Why it could not be taken, when that was last tried; its first line says it, more may follow.</param>
/// <param name="ReceivedAt">When it came to the mailbox.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record ParkedMail(string Account, string Id, string Reason, DateTimeOffset ReceivedAt, long Bytes);
