using System.Collections.Immutable;
using CustomerService.Assistants.Tools;
using CustomerService.Mcp.Settings;

namespace CustomerService.Mcp.Outside;

/// <summary>What one server offers now, held against what was approved: for the owner, who decides.</summary>
public sealed record ToolReview(OutsideServer Server, ImmutableArray<ToolReviewLine> Lines)
{
    /// <exception cref="Exception">The server can't be asked; whatever the way to it throws.</exception>
    public static async Task<ToolReview> MakeAsync(OutsideServer server, ToolApprovals approvals, Func<string, string?> environment, TimeProvider time, CancellationToken cancellation)
    {
        await using var connection = new OutsideConnection(server, environment, time);
        var offered = await connection.OfferedAsync(cancellation);
        return new ToolReview(server, [.. server.Allowed.Select(name => Line(name, offered.GetValueOrDefault(name), approvals.Find(server.Name, name)))]);
    }

    private static ToolReviewLine Line(string name, OfferedTool? offered, OfferedTool? approved)
    {
        if (offered is null)
            return new ToolReviewLine(name, "not offered", null, [], null);
        var parameters = OfferedArguments.Parameters(offered.Schema, out var problem);
        var standing = approved is null ? "new" : approved.Fingerprint() == offered.Fingerprint() ? "approved" : "changed since it was approved";
        return new ToolReviewLine(name, standing, offered, parameters, problem);
    }
}

/// <param name="Standing"><c>new</c>, <c>approved</c>, <c>changed since it was approved</c> or <c>not offered</c>.</param>
/// <param name="Offered">What would be approved.</param>
/// <param name="Problem">Why it can't be used as it is; null: it can.</param>
public sealed record ToolReviewLine(string Name, string Standing, OfferedTool? Offered, ImmutableArray<ToolParameter> Parameters, string? Problem);
