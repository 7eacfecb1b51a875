using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Grains.Staff;
using static CustomerService.Staff.Permission;

namespace CustomerService.Staff;

/// <summary>Which role may do what. The one table that decides; pages ask it what to show, the door asks it what to do.</summary>
public static class Permissions
{
    private static readonly FrozenSet<Permission> OfAgents = FrozenSet.Create(
        WorkConversations, SeeConversations, EditCustomers, SeeQueues, SeeAgents, SeeContent);

    private static readonly FrozenSet<Permission> OfSupervisors = OfAgents.Union(
        [SeeAllConversations, ActOnQueues, ActOnAlerts, ManageAgents, Supervise, SeeReports, ExportReports, SeeQuality, ReviewQuality, EditContent]).ToFrozenSet();

    private static readonly FrozenSet<Permission> OfOperators = FrozenSet.Create(
        SeeQueues, ActOnQueues, ActOnAlerts, SeeAgents, SeeReports, SeeContent, EditContent, SeeOperations, ActOnOperations);

    private static readonly FrozenSet<Permission> OfAuditors = FrozenSet.Create(
        SeeQueues, SeeAgents, SeeReports, SeeQuality, SeeContent, SeeOperations, SeeRetention, SeePeople, SeeAudit, ExportAudit);

    private static readonly FrozenSet<Permission> Everything = Enum.GetValues<Permission>().ToFrozenSet();

    /// <summary>What that role may do.</summary>
    public static IReadOnlySet<Permission> Of(Role role) => role switch
    {
        Role.Agent => OfAgents,
        Role.Supervisor => OfSupervisors,
        Role.Operator => OfOperators,
        Role.Administrator => Everything,
        Role.Auditor => OfAuditors,
        _ => FrozenSet<Permission>.Empty, // A role of a newer program.
    };

    /// <summary>Whether somebody of these roles may do it.</summary>
    public static bool Allow(this ImmutableArray<Role> roles, Permission permission) => !roles.IsDefault && roles.Any(role => Of(role).Contains(permission));

    /// <summary>Whether merely to read by this permission is noted in the audit log.</summary>
    public static bool NotesReading(this Permission permission) => permission is ExportReports or ExportAudit;
}
