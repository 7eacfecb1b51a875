using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Files;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Composition;

/// <summary>What a system keeps besides its grains: in the folder of one process, or in the database that the processes of a cluster share.</summary>
internal interface ISystemRecords
{
    /// <summary>The system's secrets, made once.</summary>
    /// <exception cref="CommandLine.CommandFailedException">They can't be read or made.</exception>
    ValueTask<SystemKeys> KeysAsync(Func<string, string?> environment, CancellationToken cancellation);

    /// <summary>The key of a program that uses our tools, made once; null where such keys come from the environment only.</summary>
    /// <exception cref="CommandLine.CommandFailedException">It can't be read or made.</exception>
    string? ClientKey(string client);

    /// <summary>The orders that come with the system. The caller disposes of them.</summary>
    /// <exception cref="OrderSystemException">They can't be opened.</exception>
    StoredOrders OpenOrders();

    /// <summary>How far in the journal an outside system was told of it.</summary>
    IFeedPosition FeedPosition(string destination);

    /// <summary>What an outside system would not take.</summary>
    IRefusedEvents RefusedEvents(string destination, TimeProvider time);

    /// <summary>The files that come and go with messages.</summary>
    IAttachmentStore Attachments();

    /// <summary>How far each mailbox was read.</summary>
    IMailboxPositions MailboxPositions();

    /// <summary>Mails that could not be taken.</summary>
    IParkedMails ParkedMails();

    /// <summary>Work that one process of the system does at a time.</summary>
    /// <param name="name">Of the work, the same in all processes.</param>
    IDuty Duty(string name, TimeProvider time, ILoggerFactory loggers);

    /// <summary>Votes on articles, and their former texts.</summary>
    /// <exception cref="InvalidDataException">They can't be opened.</exception>
    KnowledgeRecords OpenKnowledge(TimeProvider time);

    /// <summary>The list of conversations, which follows from the journal.</summary>
    /// <exception cref="InvalidDataException">It can't be opened.</exception>
    ConversationTables OpenConversationList();

    /// <summary>The cases that figures count, which follow from the journal.</summary>
    /// <exception cref="InvalidDataException">They can't be opened.</exception>
    CaseTables OpenFigures();
}
