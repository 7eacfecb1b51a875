using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerService.Assistants.Responses;

/// <summary>What the assistant must know and do for an intent, whoever asks.</summary>
internal static class IntentNeeds
{
    public const string OrderStatus = "order_status";
    public const string RefundStatus = "refund_status";
    public const string AccountBalance = "account_balance";
    public const string IdentityDetails = "identity_details";

    // Answered from the order system's records.
    private static readonly FrozenSet<string> FromRecords = new[] { OrderStatus, RefundStatus, AccountBalance }.ToFrozenSet();

    // About the customer's own orders, account or money, answered from articles or by people.
    private static readonly FrozenSet<string> OwnAffairs = new[]
    {
        "cancel_order", "change_address", "return_item", "exchange_item", "damaged_item", "missing_item", "invoice_request", "loyalty_points", "account_locked",
        "close_account", "update_contact", "payment_problem", "fraud_report",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> SmallTalk = new[] { "greeting", "thanks", "goodbye" }.ToFrozenSet();

    private static readonly FrozenSet<string> Urgent = new[] { "complaint", "urgent_issue", "payment_problem", "fraud_report" }.ToFrozenSet();

    private static readonly ImmutableArray<string> TalkToPerson = ["hand_to_person"];
    private static readonly ImmutableArray<string> LookUp = ["verify_identity", "look_up_order"];
    private static readonly ImmutableArray<string> LookUpProven = ["look_up_order"];
    private static readonly ImmutableArray<string> VerifyFirst = ["verify_identity", "search_articles"];
    private static readonly ImmutableArray<string> Search = ["search_articles"];
    private static readonly ImmutableArray<string> Reply = ["reply"];

    /// <summary>The level of proof that an intent asks for, by the rule for <c>authentication_level</c>: <c>basic</c> or <c>none</c>.</summary>
    public static string AuthenticationLevel(string intent) => IsFromRecords(intent) || OwnAffairs.Contains(intent) ? "basic" : "none";

    /// <summary>Answered from the customer's records, only after proof.</summary>
    public static bool IsFromRecords(string intent) => FromRecords.Contains(intent);

    /// <summary>Answered with a fixed text; there is nothing to look up.</summary>
    public static bool IsSmallTalk(string intent) => SmallTalk.Contains(intent);

    public static ImmutableArray<string> RequiredActions(string intent, bool proven)
    {
        if (intent is "talk_to_human" or "unknown" || Urgent.Contains(intent))
            return TalkToPerson;
        if (IsFromRecords(intent))
            return proven ? LookUpProven : LookUp;
        if (OwnAffairs.Contains(intent))
            return proven ? Search : VerifyFirst;
        return IsSmallTalk(intent) || intent == IdentityDetails ? Reply : Search;
    }
}
