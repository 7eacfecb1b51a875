namespace CustomerService.Staff;

/// <summary>
/// Somebody of the staff asked for something and it was not done. The codes of the door: <c>forbidden</c>, <c>not_yourself</c>, <c>not_yours</c>, <c>session_over</c>,
/// <c>person_disabled</c>, <c>password_change_needed</c>, <c>second_factor_needed</c>; those of passwords and codes: <c>password_wrong</c>, <c>password_weak</c>, <c>code_wrong</c>, <c>locked_out</c>,
/// <c>setup_outdated</c>; all others are the grain's own.
/// </summary>
public sealed class StaffRefusedException(string code, string message) : Exception(message)
{
    /// <summary>A stable word for programs.</summary>
    public string Code { get; } = code;

    /// <summary>Whether they may not do it at all, rather than that it can't be done now.</summary>
    public bool IsDenial => Code is "forbidden" or "not_yourself" or "not_yours" or "session_over" or "person_disabled" or "password_change_needed" or "second_factor_needed";
}
