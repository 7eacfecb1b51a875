using System.Collections.Immutable;

namespace CustomerService.Silo.CommandLine;

/// <summary>Every environment variable that the program reads for itself.</summary>
internal static class EnvironmentVariables
{
    public const string Cluster = "CUSTOMERSERVICE_CLUSTER";
    public const string Database = "CUSTOMERSERVICE_DATABASE";
    public const string ClusterId = "CUSTOMERSERVICE_CLUSTER_ID";
    public const string Roles = "CUSTOMERSERVICE_ROLES";
    public const string SiloPort = "CUSTOMERSERVICE_SILO_PORT";
    public const string ClientPort = "CUSTOMERSERVICE_CLIENT_PORT";
    public const string Advertise = "CUSTOMERSERVICE_ADVERTISE";
    public const string FailureDetection = "CUSTOMERSERVICE_FAILURE_DETECTION";
    public const string SiloCertificate = "CUSTOMERSERVICE_SILO_CERTIFICATE";
    public const string SiloKey = "CUSTOMERSERVICE_SILO_KEY";
    public const string SiloAuthority = "CUSTOMERSERVICE_SILO_AUTHORITY";
    public const string VisitorKey = "CUSTOMERSERVICE_VISITOR_KEY";
    public const string StaffKey = "CUSTOMERSERVICE_STAFF_KEY";
    public const string AgentToken = "CUSTOMERSERVICE_AGENT_TOKEN";
    public const string OperatorToken = "CUSTOMERSERVICE_OPERATOR_TOKEN";
    public const string CrmSecret = "CUSTOMERSERVICE_CRM_SECRET";
    public const string TicketingSecret = "CUSTOMERSERVICE_TICKETING_SECRET";
    public const string AlertsSecret = "CUSTOMERSERVICE_ALERTS_SECRET";

    public static ImmutableArray<string> All { get; } =
    [
        Cluster, Database, ClusterId, Roles, SiloPort, ClientPort, Advertise, FailureDetection, SiloCertificate, SiloKey, SiloAuthority,
        VisitorKey, StaffKey, AgentToken, OperatorToken, CrmSecret, TicketingSecret, AlertsSecret,
    ];
}
