using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace CustomerService.Assistants.Tests.Dialogues;

/// <summary>A whole conversation, written down: what the customer says, what must be in the answers, and how the shop's records end.</summary>
public sealed class Dialogue
{
    public string Name { get; set; } = "";

    public List<Line> Turns { get; set; } = [];

    /// <summary>By order, fields of its record by their path in the import's shape, such as <c>payment_history.1.amount</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Orders { get; set; } = [];

    /// <summary>The same of customers.</summary>
    public Dictionary<string, Dictionary<string, string>> Customers { get; set; } = [];

    /// <summary>Every record is as it was before.</summary>
    public bool NothingChanged { get; set; }

    public static List<Dialogue> Load(string file) => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<List<Dialogue>>(File.ReadAllText(file));
}

/// <summary>One message of the customer, and what comes of it.</summary>
public sealed class Line
{
    public string Say { get; set; } = "";

    /// <summary>Time that goes by first, such as <c>3d</c>.</summary>
    public string? After { get; set; }

    /// <summary>A status that an order gets first, by somebody else's doing: <c>"#W1": processed</c>.</summary>
    public Dictionary<string, string> Meanwhile { get; set; } = [];

    /// <summary>Phrases in the answer.</summary>
    public List<string> Has { get; set; } = [];

    /// <summary>Phrases that must not be in it.</summary>
    public List<string> Lacks { get; set; } = [];

    /// <summary>Names of the texts that it is made of, below <c>procedures.</c> or whole.</summary>
    public List<string> Texts { get; set; } = [];

    /// <summary>A person takes over.</summary>
    public bool Handoff { get; set; }
}
