using CustomerService.Grains.Turns;
using Npgsql;

namespace CustomerService.Runtime.Stores.PostgreSql;

/// <summary>Says what PostgreSQL's errors mean to an operator.</summary>
internal sealed class PostgreSqlFaults(string where)
{
    public static bool IsFault(Exception fault) => fault is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException;

    /// <summary>True when one write of a group is at fault (its values), not the server.</summary>
    public static bool IsOfOneWrite(Exception fault) => fault is PostgresException { SqlState: [.. var family, _, _, _] } && family is "22" or "23" or "54";

    /// <summary>True when another host wrote the grain at the same time, which the grain's own row did not show: what the writer knows of it is stale.</summary>
    public static bool IsStale(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>True when the same group may simply be tried again.</summary>
    public static bool IsOfTheMoment(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public StoreUnavailableException ToUnavailable(Exception fault) => new(Sentence(fault), fault);

    public StoreOpenException WhileOpening(Exception fault) => new(Sentence(fault), fault);

    private string Sentence(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The disk of {where} is full: free some space there.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"{where} does not exist: create the database first (createdb).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused => $"{where} refuses the user: check name and password ({refused.MessageText}).",
        PostgresException refused => $"{where} refuses: {refused.MessageText} (SQLSTATE {refused.SqlState}).",
        _ => $"{where} can't be reached: check that the server runs and that its address is right ({fault.Message}).",
    };
}
