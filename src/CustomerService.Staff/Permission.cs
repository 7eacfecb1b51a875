namespace CustomerService.Staff;

/// <summary>What members of the staff may do, one by one. <see cref="Permissions"/> says which role may do which.</summary>
public enum Permission
{
    /// <summary>One's own desk: presence, offers, and the conversations that one has or that nobody has.</summary>
    WorkConversations,

    /// <summary>Read a conversation, its customer and its ticket, whoever has it: who answers needs the whole history.</summary>
    SeeConversations,

    /// <summary>Lists of everybody's conversations.</summary>
    SeeAllConversations,

    /// <summary>Change what is known about a customer.</summary>
    EditCustomers,

    /// <summary>How queues stand.</summary>
    SeeQueues,

    /// <summary>Pause and resume queues.</summary>
    ActOnQueues,

    /// <summary>Take alerts on, and put them off.</summary>
    ActOnAlerts,

    /// <summary>Who is there, and what they do.</summary>
    SeeAgents,

    /// <summary>Change agents' skills, queues and desks.</summary>
    ManageAgents,

    /// <summary>Watch and whisper; take over, move and re-prioritise what others have.</summary>
    Supervise,

    SeeReports,

    /// <summary>Take figures and conversations out of the system. Noted in the audit log, though it changes nothing.</summary>
    ExportReports,

    SeeQuality,

    /// <summary>Mark conversations against scorecards.</summary>
    ReviewQuality,

    /// <summary>Articles, replies, procedures, routing: what owners edit.</summary>
    SeeContent,

    EditContent,

    /// <summary>Processes, effects, parked commands, channels' health.</summary>
    SeeOperations,

    /// <summary>Retry or drop parked commands, and the like.</summary>
    ActOnOperations,

    /// <summary>How long conversations are kept, and what was erased.</summary>
    SeeRetention,

    /// <summary>Say how long conversations are kept, and have what is older erased now: nothing of it can be had back.</summary>
    ManageRetention,

    SeePeople,

    ManagePeople,

    ManageTokens,

    SeeAudit,

    /// <summary>Take the audit log out of the system. Noted in it.</summary>
    ExportAudit,
}
