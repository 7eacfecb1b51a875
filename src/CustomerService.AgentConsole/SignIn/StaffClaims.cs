using System.Globalization;
using System.Security.Claims;
using CustomerService.Grains.Staff;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>A member of the staff as the sign-in cookie carries them. What they may do is looked up again behind each act.</summary>
internal static class StaffClaims
{
    public const string Scheme = "console";

    /// <summary>Of the pages: as the person chose, else as the browser did.</summary>
    public const string Language = "language";

    private const string Stamp = "stamp";
    private const string MustChange = "must_change";
    private const string MustSetUp = "must_set_up";
    private const string VouchedFor = "vouched_for";
    private const string Address = "address";

    /// <param name="language">The browser's, for who chose none.</param>
    public static ClaimsPrincipal PrincipalOf(StaffMember member, string? language)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, member.Id),
            new(ClaimTypes.Name, member.Name),
            new(Stamp, member.Stamp.ToString(CultureInfo.InvariantCulture)),
            .. member.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())),
        ];
        if (member.MustChangePassword)
            claims.Add(new Claim(MustChange, "yes"));
        if (member.MustSetUpSecondFactor)
            claims.Add(new Claim(MustSetUp, "yes"));
        if (member.IsVouchedFor)
            claims.Add(new Claim(VouchedFor, "yes"));
        if ((member.Language ?? language) is { } spoken)
            claims.Add(new Claim(Language, spoken));
        if (member.Address is { } address)
            claims.Add(new Claim(Address, address));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>Null: nobody is signed in.</summary>
    public static StaffMember? MemberOf(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id || !long.TryParse(user.FindFirstValue(Stamp), CultureInfo.InvariantCulture, out var stamp))
            return null;
        return new StaffMember(
            ActorKind.Person, id, user.FindFirstValue(ClaimTypes.Name) ?? id,
            [.. user.FindAll(ClaimTypes.Role).Select(claim => Enum.TryParse<Role>(claim.Value, out var role) ? role : (Role?)null).OfType<Role>()],
            user.FindFirstValue(Language))
        {
            Stamp = stamp,
            MustChangePassword = user.HasClaim(MustChange, "yes"),
            MustSetUpSecondFactor = user.HasClaim(MustSetUp, "yes"),
            IsVouchedFor = user.HasClaim(VouchedFor, "yes"),
            Address = user.FindFirstValue(Address),
        };
    }
}
