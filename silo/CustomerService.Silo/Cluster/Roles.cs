namespace CustomerService.Silo.Cluster;

/// <summary>What one process of a cluster does.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Hosts grains, runs pipelines, rings alarms, and tells outside systems.</summary>
    Silo = 1,

    /// <summary>The customers' door.</summary>
    Gateway = 2,

    /// <summary>The staff's door.</summary>
    Console = 4,

    Doors = Gateway | Console,

    All = Silo | Doors,
}

/// <summary>Roles as flags and logs write them.</summary>
internal static class RoleNames
{
    private static readonly (string Name, Roles Role)[] Known = [("silo", Roles.Silo), ("gateway", Roles.Gateway), ("console", Roles.Console)];

    /// <summary>Reads names separated by commas.</summary>
    /// <exception cref="FormatException">One is no role, or there is none.</exception>
    public static Roles Parse(string text)
    {
        Roles roles = 0;
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            roles |= Known.FirstOrDefault(known => known.Name == name).Role is var role and not 0
                ? role
                : throw new FormatException($"'{name}' is no role; known are {string.Join(", ", Known.Select(known => known.Name))}.");
        }

        return roles != 0 ? roles : throw new FormatException($"takes one or more of {string.Join(", ", Known.Select(known => known.Name))}, separated by commas.");
    }

    public static string Words(this Roles roles) => string.Join(",", Known.Where(known => roles.HasFlag(known.Role)).Select(known => known.Name));
}
