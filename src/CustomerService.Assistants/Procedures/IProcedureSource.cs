namespace CustomerService.Assistants.Procedures;

/// <summary>The procedures in force now.</summary>
public interface IProcedureSource
{
    ProcedureDefinition? Find(string name);

    /// <summary>The procedure that an intent starts; null: none.</summary>
    ProcedureDefinition? StartedBy(string intent);
}
