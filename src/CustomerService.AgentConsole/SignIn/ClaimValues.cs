using System.Security.Claims;
using System.Text.Json;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>The values of a claim. Providers write lists as several claims or as JSON, and some put them into objects: <c>realm_access.roles</c>.</summary>
internal static class ClaimValues
{
    /// <param name="path">The claim's name; where there is no such claim, what stands before the first dot is the claim, and the rest leads into its object.</param>
    public static IEnumerable<string> At(ClaimsPrincipal who, string path)
    {
        var whole = who.FindAll(path).ToList();
        if (whole.Count > 0)
            return whole.SelectMany(claim => Read(claim.Value, [])).Distinct();
        var steps = path.Split('.');
        return who.FindAll(steps[0]).SelectMany(claim => Read(claim.Value, steps[1..])).Distinct();
    }

    private static List<string> Read(string value, string[] steps)
    {
        if (value is not ['[' or '{', ..])
            return steps.Length == 0 ? [value] : [];
        try
        {
            using var json = JsonDocument.Parse(value);
            var at = json.RootElement;
            foreach (var step in steps)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
                    return [];
            }

            return at.ValueKind switch
            {
                JsonValueKind.Array => [.. at.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)],
                JsonValueKind.String => [at.GetString()!],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return steps.Length == 0 ? [value] : []; // A group may well be called [staff.
        }
    }
}
