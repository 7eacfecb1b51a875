using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Budgets;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Personal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Reviews;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;
using static CustomerService.Staff.Permission;

namespace CustomerService.Staff;

/// <summary>What one kind of command needs of the staff who ask for it.</summary>
/// <param name="Needs">To do it to what is one's own, or to what has no owner.</param>
/// <param name="NeedsForOthers">To do it to another's desk, or to a conversation that another has; null: nobody may.</param>
/// <param name="Owned">Whether it matters whose the conversation is.</param>
/// <param name="SpeaksFor">Whom the command names as the one who does it; null: it names nobody.</param>
/// <param name="IsNoted">Whether it is written into the audit log.</param>
public sealed record StaffAct(Permission Needs, Permission? NeedsForOthers, bool Owned, Func<Command, string?>? SpeaksFor, bool IsNoted);

/// <summary>
/// Every command and query that the staff may send, with what it needs. What is not here is for grains among themselves, and refused. A new one for the staff gets its line
/// here; a test sees to it that one that names somebody is held to be them.
/// </summary>
public static class StaffActs
{
    /// <summary>Somebody began to watch a conversation that others have. It is no grain's command, and noted as one.</summary>
    public const string Watch = "conversation.watch";

    private static readonly FrozenDictionary<Type, StaffAct> Known = new Dictionary<Type, StaffAct>
    {
        // One's own desk.
        [typeof(SetPresence)] = Own(Supervise, c => ((SetPresence)c).By),
        [typeof(AcceptOffer)] = Own(null),
        [typeof(RejectOffer)] = Own(null),
        [typeof(CompleteWrapUp)] = Own(null),
        [typeof(SignOfLife)] = Own(null) with { IsNoted = false },
        [typeof(ConnectionOpened)] = Own(null) with { IsNoted = false },
        [typeof(ConnectionLost)] = Own(null) with { IsNoted = false },
        [typeof(ConfigureAgent)] = Any(ManageAgents),

        // What is theirs alone. Each key that is pressed is no act to be noted.
        [typeof(KeepDraft)] = Own(null) with { IsNoted = false },
        [typeof(GetDraft)] = Own(null),
        [typeof(MarkNoticesRead)] = Own(null) with { IsNoted = false },
        [typeof(GetNotices)] = Own(null),

        // Conversations. The grain itself sees to it that only who has one answers the customer.
        [typeof(SendAgentReply)] = Any(WorkConversations, c => ((SendAgentReply)c).AgentId),
        [typeof(NoteSuggestionLeft)] = Any(WorkConversations, c => ((NoteSuggestionLeft)c).AgentId),
        [typeof(NoteDraftHeld)] = Any(WorkConversations, c => ((NoteDraftHeld)c).AgentId),
        [typeof(AddNote)] = Any(WorkConversations, c => ((AddNote)c).AgentId),
        [typeof(CorrectMessage)] = Any(WorkConversations, c => ((CorrectMessage)c).By),
        [typeof(CancelReply)] = Any(WorkConversations, c => ((CancelReply)c).By),
        [typeof(ResendMessage)] = Any(WorkConversations, c => ((ResendMessage)c).By),
        [typeof(MailTranscript)] = Any(WorkConversations, c => ((MailTranscript)c).By),
        [typeof(Hold)] = Any(WorkConversations, c => ((Hold)c).AgentId),
        [typeof(Unhold)] = Any(WorkConversations, c => ((Unhold)c).AgentId),
        [typeof(ReportCallback)] = Any(WorkConversations, c => ((ReportCallback)c).AgentId),
        [typeof(ReturnToQueue)] = Any(WorkConversations, c => ((ReturnToQueue)c).AgentId),
        [typeof(Transfer)] = Held(c => ((Transfer)c).By),
        [typeof(CancelTransfer)] = Held(c => ((CancelTransfer)c).By),
        [typeof(Escalate)] = Held(c => ((Escalate)c).By),
        [typeof(Snooze)] = Held(c => ((Snooze)c).By),
        [typeof(Unsnooze)] = Held(c => ((Unsnooze)c).By),
        [typeof(RequestCallback)] = Held(c => ((RequestCallback)c).By),
        [typeof(Consult)] = Held(c => ((Consult)c).By),
        [typeof(AnswerConsult)] = Any(WorkConversations, c => ((AnswerConsult)c).By),
        [typeof(EndConsult)] = Any(WorkConversations, c => ((EndConsult)c).By),
        [typeof(Resolve)] = Held(c => ((Resolve)c).By),
        [typeof(Close)] = Held(c => ((Close)c).By),
        [typeof(ChangePriority)] = Any(Supervise, c => ((ChangePriority)c).By),
        [typeof(Whisper)] = Any(Supervise, c => ((Whisper)c).By),
        [typeof(TakeOver)] = Any(Supervise, c => ((TakeOver)c).By),
        [typeof(PlaceLegalHold)] = Any(Supervise, c => ((PlaceLegalHold)c).By),
        [typeof(LiftLegalHold)] = Any(Supervise, c => ((LiftLegalHold)c).By),
        [typeof(GetConversation)] = Any(SeeConversations),
        [typeof(GetTranslation)] = Any(SeeConversations),
        [typeof(GetDeliveries)] = Any(SeeConversations),

        // What conversations are about.
        [typeof(GetCustomer)] = Any(SeeConversations),
        [typeof(UpdateProfile)] = Any(EditCustomers),
        [typeof(ResolveAddress)] = Any(SeeConversations),
        [typeof(LinkAddress)] = Any(EditCustomers),
        [typeof(GetTicket)] = Any(SeeConversations),
        [typeof(CloseTicket)] = Any(WorkConversations, c => ((CloseTicket)c).By),

        // What is said of the work.
        [typeof(GiveReview)] = Any(ReviewQuality, c => ((GiveReview)c).By),
        [typeof(UpholdReview)] = Any(ReviewQuality, c => ((UpholdReview)c).By),
        [typeof(GetReviews)] = Any(SeeQuality, c => ((GetReviews)c).By),
        [typeof(GetOwnReviews)] = Any(WorkConversations, c => ((GetOwnReviews)c).By),
        [typeof(SeeReview)] = Any(WorkConversations, c => ((SeeReview)c).By) with { IsNoted = false },
        [typeof(AcknowledgeReview)] = Any(WorkConversations, c => ((AcknowledgeReview)c).By),
        [typeof(DisputeReview)] = Any(WorkConversations, c => ((DisputeReview)c).By),

        // Agents and queues.
        [typeof(GetAgent)] = Any(SeeAgents),
        [typeof(GetQueue)] = Any(SeeQueues),
        [typeof(GetPosition)] = Any(SeeQueues),
        [typeof(GetPositions)] = Any(SeeQueues),
        [typeof(ExplainMatch)] = Any(SeeQueues),
        [typeof(PauseQueue)] = Any(ActOnQueues, c => ((PauseQueue)c).By),
        [typeof(ResumeQueue)] = Any(ActOnQueues, c => ((ResumeQueue)c).By),
        [typeof(AcknowledgeAlert)] = Any(ActOnAlerts, c => ((AcknowledgeAlert)c).By),
        [typeof(SnoozeAlert)] = Any(ActOnAlerts, c => ((SnoozeAlert)c).By),
        [typeof(UnsnoozeAlert)] = Any(ActOnAlerts, c => ((UnsnoozeAlert)c).By),
        [typeof(GetAlerts)] = Any(SeeReports),
        [typeof(AskForErasing)] = Any(ManageRetention, c => ((AskForErasing)c).By),
        [typeof(GetRetention)] = Any(SeeRetention),
        [typeof(GetModelBudget)] = Any(SeeOperations),

        // The staff itself. What anybody may do to their own account, the accounts' own part does.
        [typeof(GetPeople)] = Any(SeePeople),
        [typeof(GetPerson)] = Any(SeePeople),
        [typeof(AddPerson)] = Any(ManagePeople, c => ((AddPerson)c).By),
        [typeof(ChangeProfile)] = Any(ManagePeople, c => ((ChangeProfile)c).By),
        [typeof(ChangeRoles)] = Any(ManagePeople, c => ((ChangeRoles)c).By),
        [typeof(ChangePassword)] = Any(ManagePeople, c => ((ChangePassword)c).By),
        [typeof(RemoveSecondFactor)] = Any(ManagePeople, c => ((RemoveSecondFactor)c).By),
        [typeof(DisablePerson)] = Any(ManagePeople, c => ((DisablePerson)c).By),
        [typeof(EnablePerson)] = Any(ManagePeople, c => ((EnablePerson)c).By),
        [typeof(EndSessions)] = Any(ManagePeople, c => ((EndSessions)c).By),
        [typeof(LinkIdentity)] = Any(ManagePeople, c => ((LinkIdentity)c).By),
        [typeof(UnlinkIdentity)] = Any(ManagePeople, c => ((UnlinkIdentity)c).By),
        [typeof(IssueToken)] = Any(ManageTokens, c => ((IssueToken)c).By),
        [typeof(RevokeToken)] = Any(ManageTokens, c => ((RevokeToken)c).By),
        [typeof(GetAuditHead)] = Any(SeeAudit),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Names = typeof(Command).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(each => each.DerivedType, each => (string)each.TypeDiscriminator!);

    /// <summary>All of them, by the command's type.</summary>
    public static IReadOnlyDictionary<Type, StaffAct> All => Known;

    /// <summary>Null: it is not for the staff.</summary>
    public static StaffAct? Find(Command command) => Known.GetValueOrDefault(command.GetType());

    /// <summary>The stored name of the command, such as <c>queue.pause</c>.</summary>
    public static string NameOf(Command command) => Names[command.GetType()];

    private static StaffAct Any(Permission needs, Func<Command, string?>? speaksFor = null) => new(needs, needs, Owned: false, speaksFor, IsNoted: true);

    private static StaffAct Held(Func<Command, string?> speaksFor) => new(WorkConversations, Supervise, Owned: true, speaksFor, IsNoted: true);

    private static StaffAct Own(Permission? forOthers, Func<Command, string?>? speaksFor = null) => new(WorkConversations, forOthers, Owned: true, speaksFor, IsNoted: true);
}
