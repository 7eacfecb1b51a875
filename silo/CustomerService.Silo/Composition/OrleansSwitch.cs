namespace CustomerService.Silo.Composition;

/// <summary>Whether this build carries Orleans, in one place.</summary>
internal static class OrleansSwitch
{
#if ORLEANS
    public const bool IsOn = true;
#else
    public const bool IsOn = false;
#endif

    /// <summary>Why <c>--cluster</c> can't be followed, and what to do: the rest of a sentence that begins with the flag. Null where it can.</summary>
    public static string? Refusal => IsOn
        ? null
        : "can't be followed: this build has no Orleans, for its packages were not on the feed. Make them available and build again with -p:Orleans=true, or leave --cluster out.";
}
