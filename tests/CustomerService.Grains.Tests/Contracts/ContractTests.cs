using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Grains.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly string[] Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "contracts.txt"));

    public static TheoryData<Type, Type> AllTypes()
    {
        var all = new TheoryData<Type, Type>();
        foreach (var (root, type) in ContractManifest.Types)
            all.Add(root, type);
        return all;
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void EveryType_IsRegisteredOnce(Type root, Type type)
    {
        var name = Assert.Single(ContractManifest.NamesOf(root, type));
        Assert.Matches("^[a-z_.]+$", name);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void EveryType_ReadsBackWhatItWrote(Type root, Type type)
    {
        var json = ContractManifest.JsonOf(root);

        var written = JsonSerializer.Serialize(Samples.Of(type), json);
        var read = JsonSerializer.Deserialize(written, json);

        Assert.IsType(type, read);
        Assert.Equal(written, JsonSerializer.Serialize(read, json));
        var members = JsonNode.Parse(written)!.AsObject().Select(member => member.Key).ToHashSet();
        Assert.All(
            type.GetProperties().Where(property => property.CanWrite),
            property => Assert.Contains(JsonNamingPolicy.CamelCase.ConvertName(property.Name), members));
    }

    [Fact]
    public void Names_AreUnique()
    {
        var names = ContractManifest.Types.Select(each => $"{each.Root.Name} {ContractManifest.NamesOf(each.Root, each.Type).Single()}");

        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void StoredNamesAndShapes_AreNeverChanged()
    {
        foreach (var line in Golden)
        {
            var (rootName, name, shape) = Split(line);
            var known = ContractManifest.Types
                .Where(each => each.Root.Name == rootName && ContractManifest.NamesOf(each.Root, each.Type).Contains(name))
                .ToList();
            Assert.True(known.Count == 1, $"{rootName} {name} is gone or renamed. It is stored in journals and outboxes: keep its name.");

            var json = ContractManifest.JsonOf(known[0].Root);
            var read = JsonSerializer.Deserialize(shape, json);
            Assert.IsType(known[0].Type, read);
            Assert.True(
                ContractManifest.Keeps(JsonNode.Parse(JsonSerializer.Serialize(read, json)), JsonNode.Parse(shape)),
                $"{rootName} {name} no longer keeps its stored shape {shape}");
        }
    }

    [Fact]
    public void NewTypes_AreAddedToTheGoldenFile()
    {
        var listed = Golden.Select(Split).Select(line => (line.Root, line.Name)).ToHashSet();

        var missing = ContractManifest.Types
            .Where(each => !listed.Contains((each.Root.Name, ContractManifest.NamesOf(each.Root, each.Type).Single())))
            .Select(each => ContractManifest.LineOf(each.Root, each.Type))
            .ToList();

        Assert.True(missing.Count == 0, "Add to tests/CustomerService.Grains.Tests/Golden/contracts.txt:\n" + string.Join('\n', missing));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[{"c":2}]}""", """{"a":1}""", true)]
    [InlineData("""{"a":1,"b":[{"c":2,"d":3}]}""", """{"b":[{"c":2}]}""", true)]
    [InlineData("""{"a":2}""", """{"a":1}""", false)]
    [InlineData("""{}""", """{"a":1}""", false)]
    [InlineData("""{"b":[]}""", """{"b":[1]}""", false)]
    public void ShapeCheck_SeesWhatIsLost(string rewritten, string old, bool keeps) =>
        Assert.Equal(keeps, ContractManifest.Keeps(JsonNode.Parse(rewritten), JsonNode.Parse(old)));

    private static (string Root, string Name, string Shape) Split(string line)
    {
        var parts = line.Split(' ', 3);
        return (parts[0], parts[1], parts[2]);
    }
}
