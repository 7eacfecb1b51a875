namespace CustomerService.Assistants.Procedures;

/// <summary>The procedures in force now.</summary>
public interface IProcedureSource
{
    ProcedureDefinition? Find(string name);

    /// <summary>All of them, by name.</summary>
    IEnumerable<ProcedureDefinition> All { get; }

    /// <summary>The procedure that an intent starts; null: none.</summary>
    ProcedureDefinition? StartedBy(string intent);

    /// <summary>The procedure whose purpose is this writing tool's change; null: none.</summary>
    ProcedureDefinition? Making(string tool);

    /// <summary>The intent with which customers come to a procedure: its own, or that of one that goes on with it; null: none.</summary>
    string? IntentOf(ProcedureDefinition procedure);
}
