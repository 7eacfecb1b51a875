using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Contracts;

/// <summary>
/// Every type that is stored or sent, with its stored name and an example of its shape, as the golden file
/// <c>Golden/contracts.txt</c> lists them: <c>root name json</c>, one a line.
/// </summary>
internal static class ContractManifest
{
    private static readonly Type[] Roots = [typeof(Command), typeof(Reply), typeof(Effect), typeof(Work), typeof(JournalEvent)];

    /// <summary>All concrete contract types with their root.</summary>
    public static IEnumerable<(Type Root, Type Type)> Types { get; } =
        [.. from type in typeof(Command).Assembly.GetTypes()
            where !type.IsAbstract
            from root in Roots
            where type.IsSubclassOf(root)
            select (root, type)];

    public static JsonTypeInfo JsonOf(Type root) => GrainsJson.Default.GetTypeInfo(root)!;

    /// <summary>The names under which a type is registered at its root.</summary>
    public static IReadOnlyList<string> NamesOf(Type root, Type type) =>
        [.. root.GetCustomAttributes<JsonDerivedTypeAttribute>().Where(each => each.DerivedType == type).Select(each => (string)each.TypeDiscriminator!)];

    public static string LineOf(Type root, Type type) =>
        $"{root.Name} {NamesOf(root, type).Single()} {JsonSerializer.Serialize(Samples.Of(type), JsonOf(root))}";

    /// <summary>Whether everything in the old shape is in the new one, unchanged; the new one may have more.</summary>
    public static bool Keeps(JsonNode? rewritten, JsonNode? old) => (rewritten, old) switch
    {
        (JsonObject now, JsonObject then) => then.All(member => now.ContainsKey(member.Key) && Keeps(now[member.Key], member.Value)),
        (JsonArray now, JsonArray then) => now.Count == then.Count && now.Zip(then).All(pair => Keeps(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(rewritten, old),
    };
}
