using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Assistants.Settings;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Quality;

/// <summary>Reads the parts of <c>quality.yaml</c> that are more than lists.</summary>
internal static class QualityRuleReader
{
    private static readonly string[] RuleKeys = ["id", "languages", "applies_to", "must_say", "must_not_say", "needs_approval", "severity", "suggestion"];
    private static readonly string[] Addresses = ["formal", "informal", "customer"];

    public static void CheckKeys(string path, YamlMappingNode map, string[] known)
    {
        foreach (var key in map.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
                throw ContentFormatException.At(path, key, $"unknown key '{key}'; known are {string.Join(", ", known)}.");
        }
    }

    public static double Number(string path, YamlMappingNode map, string key, double otherwise)
    {
        if (!map.Children.TryGetValue(key, out var node))
            return otherwise;
        return node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? number
            : throw ContentFormatException.At(path, node, $"{key} is '{node}'; write a number from 0 to 1, such as 0.8.");
    }

    public static BrandVoice Brand(string path, YamlMappingNode root)
    {
        if (Map(path, root, "brand") is not { } map)
            return new();
        CheckKeys(path, map, ["address", "sign_off", "sign_off_channels"]);
        var address = Texts(path, map, "address");
        foreach (var (language, node) in Pairs(path, map, "address"))
        {
            if (!Addresses.Contains(address[language]))
                throw ContentFormatException.At(path, node, $"'{address[language]}' is no form of address; write formal, informal, or customer (as the customer does).");
        }

        var brand = new BrandVoice { Address = address, SignOff = Texts(path, map, "sign_off") };
        return map.Children.ContainsKey("sign_off_channels") ? brand with { SignOffChannels = ContentYaml.Texts(path, map, "sign_off_channels") } : brand;
    }

    public static PeoplePolicy People(string path, YamlMappingNode root)
    {
        if (Map(path, root, "people") is not { } map)
            return new();
        CheckKeys(path, map, ["block", "warn"]);
        foreach (var key in new[] { "block", "warn" })
        {
            if (!map.Children.TryGetValue(key, out var list))
                continue;
            _ = ContentYaml.Texts(path, map, key);
            foreach (var node in ((YamlSequenceNode)list).Children)
            {
                if (!FindingKinds.All.Contains(node.ToString()))
                    throw ContentFormatException.At(path, node, $"'{node}' is no kind of finding; known are {string.Join(", ", FindingKinds.All)}.");
                if (key == "warn" && PeoplePolicy.Never.Contains(node.ToString()))
                    throw ContentFormatException.At(path, node, $"'{node}' is never sent; take it out of 'warn'.");
            }
        }

        IEnumerable<string> block = map.Children.ContainsKey("block") ? ContentYaml.Texts(path, map, "block") : new PeoplePolicy().Block;
        return new PeoplePolicy { Block = [.. block.Union(PeoplePolicy.Never).Except(ContentYaml.Texts(path, map, "warn"))] };
    }

    public static ImmutableArray<QualityRule> Rules(string path, YamlMappingNode root)
    {
        if (!root.Children.TryGetValue("rules", out var node))
            return [];
        if (node is not YamlSequenceNode list)
            throw ContentFormatException.At(path, node, "'rules' must be a list: one '- id: …' for each rule.");
        var rules = ImmutableArray.CreateBuilder<QualityRule>();
        foreach (var item in list.Children)
        {
            var rule = Rule(path, item);
            if (rules.Any(other => other.Id == rule.Id))
                throw ContentFormatException.At(path, item, $"there are two rules '{rule.Id}'; give each its own id.");
            rules.Add(rule);
        }

        return rules.ToImmutable();
    }

    private static QualityRule Rule(string path, YamlNode node)
    {
        if (node is not YamlMappingNode map)
            throw ContentFormatException.At(path, node, "a rule is a map with 'id' and one of must_say, must_not_say and needs_approval.");
        CheckKeys(path, map, RuleKeys);
        if (!map.Children.TryGetValue("id", out var id))
            throw ContentFormatException.At(path, map, "a rule needs an 'id', such as no-delivery-promise.");
        var rule = new QualityRule(ContentYaml.Text(path, id))
        {
            Languages = ContentYaml.Texts(path, map, "languages"),
            MustSay = new(ContentYaml.Texts(path, map, "must_say")),
            MustNotSay = new(ContentYaml.Texts(path, map, "must_not_say")),
            NeedsApproval = new(ContentYaml.Texts(path, map, "needs_approval")),
            Blocks = Severity(path, map),
            Suggestion = map.Children.TryGetValue("suggestion", out var suggestion) ? ContentYaml.Text(path, suggestion) : "",
        };
        if (rule.MustSay.Terms.IsEmpty && rule.MustNotSay.Terms.IsEmpty && rule.NeedsApproval.Terms.IsEmpty)
            throw ContentFormatException.At(path, map, $"the rule '{rule.Id}' asks for nothing; give it must_say, must_not_say or needs_approval.");
        if (Map(path, map, "applies_to") is not { } where)
            return rule;
        CheckKeys(path, where, ["intents", "channels", "tiers"]);
        return rule with { Intents = ContentYaml.Texts(path, where, "intents"), Channels = ContentYaml.Texts(path, where, "channels"), Tiers = ContentYaml.Texts(path, where, "tiers") };
    }

    private static bool Severity(string path, YamlMappingNode map)
    {
        if (!map.Children.TryGetValue("severity", out var node))
            return true;
        return node.ToString() switch
        {
            "block" => true,
            "warn" => false,
            var other => throw ContentFormatException.At(path, node, $"the severity is '{other}'; write block (not sent) or warn (lowers the score)."),
        };
    }

    private static FrozenDictionary<string, string> Texts(string path, YamlMappingNode map, string key) =>
        Pairs(path, map, key).ToFrozenDictionary(pair => pair.Language, pair => ContentYaml.Text(path, pair.Node), StringComparer.Ordinal);

    private static IEnumerable<(string Language, YamlNode Node)> Pairs(string path, YamlMappingNode map, string key) =>
        Map(path, map, key) is { } languages ? languages.Children.Select(pair => (ContentYaml.Text(path, pair.Key), pair.Value)) : [];

    private static YamlMappingNode? Map(string path, YamlMappingNode map, string key)
    {
        if (!map.Children.TryGetValue(key, out var node))
            return null;
        return node as YamlMappingNode ?? throw ContentFormatException.At(path, node, $"'{key}' must be a map of 'name: value' lines.");
    }
}
