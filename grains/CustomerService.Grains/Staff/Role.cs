namespace CustomerService.Grains.Staff;

/// <summary>What a member of the staff is. Somebody may be several; what each may do, the permissions' table says. Stored by name.</summary>
public enum Role
{
    /// <summary>Serves customers.</summary>
    Agent,

    /// <summary>Leads those who do.</summary>
    Supervisor,

    /// <summary>Keeps the system running.</summary>
    Operator,

    /// <summary>May do everything, and says who may do what.</summary>
    Administrator,

    /// <summary>Reads what was done, and does nothing.</summary>
    Auditor,
}
