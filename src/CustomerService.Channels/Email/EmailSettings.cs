using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using MailKit.Security;

namespace CustomerService.Channels.Email;

/// <summary>A mailbox that customers write to.</summary>
/// <param name="Address">Where they write to, and who they are answered by.</param>
/// <param name="DisplayName">The name before the address; empty: none.</param>
/// <param name="TokenKey">Makes the tokens in addresses; see <see cref="Threads.ThreadToken"/>.</param>
public sealed record EmailSettings(string Name, string Address, string DisplayName, ImapSettings Imap, MailServer Smtp, string TokenKey)
    : AccountSettings(Name)
{
    /// <summary>What a megabyte of a mail's own limit is.</summary>
    public const long Megabyte = 1_000_000;

    /// <summary>As large as most mail systems take, less a third for the encoding.</summary>
    public static ChannelRules UsualRules { get; } = new() { MaxCharacters = 500_000, MaxAttachments = 20, MaxAttachmentBytes = 15 * Megabyte };

    public override string Channel => Grains.Conversations.ChannelNames.Email;

    /// <summary>Larger mails are not read. Default: 20.</summary>
    public int MaxMegabytes { get; init; } = 20;

    /// <summary>Whether mail to <c>local+anything@domain</c> comes to this mailbox too. Default: no.</summary>
    public bool PlusAddress { get; init; }

    /// <summary>The folder that keeps copies of what was sent; null: none.</summary>
    public string? SentFolder { get; init; }

    /// <summary>Mailing lists (their List-Id) that only bring customers' mails here, such as a group address.</summary>
    public EquatableTexts OurLists { get; init; } = EquatableTexts.None;

    public override IChannelAccount Open(AccountParts parts) => new EmailAccount(this, parts);
}

/// <summary>A mail server, and who we are there.</summary>
/// <param name="User">Empty: it asks nobody.</param>
public sealed record MailServer(string Host, int Port, string User, string Password, SecureSocketOptions Security)
{
    /// <summary>A PEM file with the certificates of the only authorities that may vouch for the server; null: those that the machine trusts.</summary>
    public string? CaFile { get; init; }
}

/// <summary>Where mails are read.</summary>
/// <param name="Poll">How often it is asked for news, also where it tells them by itself.</param>
/// <param name="Idle">Whether it may tell them by itself, where it can.</param>
/// <param name="ReadBack">How far back the first start reads.</param>
public sealed record ImapSettings(MailServer Server, string Folder, TimeSpan Poll, bool Idle, TimeSpan ReadBack);

/// <summary>A few texts that are the same where each of them is, as a record's value must be.</summary>
public sealed record EquatableTexts(params string[] All)
{
    public static EquatableTexts None { get; } = new([]);

    public bool Equals(EquatableTexts? other) => other is not null && All.AsSpan().SequenceEqual(other.All);

    public override int GetHashCode() => All.Length;
}
