namespace CustomerService.Staff;

/// <summary>What came of an attempt to sign in.</summary>
public abstract record SignInResult
{
    private SignInResult()
    {
    }

    /// <summary>They are who they say. Where <see cref="StaffMember.MustChangePassword"/>, that comes first.</summary>
    public sealed record SignedIn(StaffMember Member) : SignInResult;

    /// <summary>The password is right; ask for the code and try again with both.</summary>
    public sealed record NeedsCode : SignInResult;

    /// <summary>Name or password is wrong; which, nobody is told.</summary>
    public sealed record Wrong : SignInResult;

    /// <summary>The password is right and the code is not, or was used already.</summary>
    public sealed record WrongCode : SignInResult;

    /// <summary>There were too many attempts; none is looked at before that time.</summary>
    public sealed record Locked(DateTimeOffset Until) : SignInResult;

    /// <summary>Too many attempts failed from that network address; none is looked at before that time.</summary>
    public sealed record TooMany(DateTimeOffset Until) : SignInResult;

    /// <summary>They were who they say, and may not sign in any more.</summary>
    public sealed record Disabled : SignInResult;

    /// <summary>The outside provider's word is good, and nobody here has that identity.</summary>
    public sealed record NotLinked : SignInResult;

    /// <summary>The outside provider's word is good, and is not enough to let a newcomer in: <c>email_not_verified</c> or <c>no_role</c>.</summary>
    public sealed record NotAdmitted(string Reason) : SignInResult;
}
