using System.Collections.Immutable;

namespace CustomerService.EndToEnd.Console;

/// <summary>Every page of the console and who may see it, written down a second time: what the program's own table says is held against this one.</summary>
internal static class ConsolePages
{
    public const string Agent = "agent";
    public const string Supervisor = "supervisor";
    public const string Operator = "operator";
    public const string Administrator = "administrator";
    public const string Auditor = "auditor";

    /// <summary>Everybody's sign-in name is their role's.</summary>
    public static ImmutableArray<string> Roles => [Agent, Supervisor, Operator, Administrator, Auditor];

    /// <param name="conversation">One that is open.</param>
    public static ImmutableArray<ConsolePage> All(string conversation) =>
    [
        new("console/desk", Agent, Supervisor, Administrator),
        new($"console/desk/{conversation}", Agent, Supervisor, Administrator),
        new("console/conversations", Supervisor, Administrator),
        new($"console/conversations/{conversation}", Agent, Supervisor, Administrator),
        new("console/customers", Agent, Supervisor, Administrator),
        new("console/customers/c-0000000000000000", Agent, Supervisor, Administrator),
        new("console/queues", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/queues/general/settings", Supervisor, Operator, Administrator),
        new("console/pipelines", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/articles", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/content", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/content/routing.yaml", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/operations", Operator, Administrator, Auditor),
        new("console/operations/log", Operator, Administrator, Auditor),
        new($"console/operations/log/{conversation}", Operator, Administrator, Auditor),
        new("console/figures", Supervisor, Operator, Administrator, Auditor),
        new("console/floor", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/alerts", Supervisor, Operator, Administrator, Auditor),
        new("console/at-risk", Supervisor, Administrator),
        new($"console/watch/{conversation}", Supervisor, Administrator),
        new("console/what-if", Supervisor, Operator, Administrator, Auditor),
        new("console/wallboard", Agent, Supervisor, Operator, Administrator, Auditor),
        new("console/performance", Agent, Supervisor, Administrator, Auditor),
        new("console/quality", Supervisor, Administrator, Auditor),
        new($"console/quality/{conversation}", Supervisor, Administrator, Auditor),
        new("console/reviews", Agent, Supervisor, Administrator),
        new("console/people", Administrator, Auditor),
        new("console/tokens", Administrator),
        new("console/retention", Administrator, Auditor),
        new("console/audit", Administrator, Auditor),
        new("console/account", Agent, Supervisor, Operator, Administrator, Auditor),
    ];
}

/// <param name="Address">Below the system's own.</param>
/// <param name="Roles">Whoever has any of these sees it; it says to the others that it is not for them.</param>
internal sealed record ConsolePage(string Address, params ImmutableArray<string> Roles);
