using System.Collections.Immutable;

namespace CustomerService.Assistants.Responses;

/// <summary>The texts that answers are made of, by name. Each has to be there in every language.</summary>
internal static class AnswerKeys
{
    public const string GreetingFormal = "phrases.greeting.formal";
    public const string GreetingNeutral = "phrases.greeting.neutral";
    public const string GreetingCasual = "phrases.greeting.casual";
    public const string Empathy = "phrases.empathy";
    public const string EmpathyUnless = "phrases.empathy_unless";
    public const string NextSteps = "phrases.next_steps";

    public const string AskIdentity = "orders.identity.ask";
    public const string AskIdentityAgain = "orders.identity.ask_again";
    public const string AskPostalCode = "orders.identity.ask_postcode";
    public const string AskEmailOrName = "orders.identity.ask_email_or_name";
    public const string IdentityFailed = "orders.identity.failed";
    public const string IdentityConfirmed = "orders.identity.confirmed";

    public const string ChooseOrder = "orders.choose";
    public const string OrderInList = "orders.in_list";
    public const string NoOrders = "orders.none";
    public const string OrderNotFound = "orders.not_found";
    public const string Tracking = "orders.tracking";
    public const string Money = "orders.money";

    /// <summary>How the language writes 1234.50; a language without it writes it as English does.</summary>
    public const string WrittenNumber = "orders.written_number";

    public const string OtherStatus = "orders.status.other";

    public const string RefundRecorded = "orders.refund.recorded";
    public const string RefundNone = "orders.refund.none";
    public const string RefundNothingDue = "orders.refund.not_cancelled";

    public const string Balance = "orders.balance.gift_card";
    public const string BalanceNone = "orders.balance.none";

    public static ImmutableArray<string> Required { get; } =
    [
        GreetingFormal, GreetingNeutral, GreetingCasual, Empathy, NextSteps,
        AskIdentity, AskIdentityAgain, AskPostalCode, AskEmailOrName, IdentityFailed, IdentityConfirmed,
        ChooseOrder, OrderInList, NoOrders, OrderNotFound, Tracking, Money, OtherStatus,
        RefundRecorded, RefundNone, RefundNothingDue, Balance, BalanceNone,
    ];

    public static string Status(string status) => "orders.status." + status;

    public static string StatusInList(string status) => "orders.status_in_list." + status;

    public static string FixedText(string intent) => $"intents.{intent}.text";

    public static string Lead(string intent) => $"intents.{intent}.lead";

    public static string NextStepsOf(string intent) => $"intents.{intent}.next_steps";

    public static string ActionsOf(string intent) => $"intents.{intent}.actions";
}
