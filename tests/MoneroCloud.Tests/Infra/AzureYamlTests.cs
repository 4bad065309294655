using Xunit;
using YamlDotNet.RepresentationModel;

namespace MoneroCloud.Tests;

/// <summary>azure.yaml: only members that azd knows, and paths that are there. Its own schema cannot be had offline.</summary>
public sealed class AzureYamlTests
{
    /// <summary>Of azd's schema 1.0 what is used here; azd itself ignores what it does not know.</summary>
    private static readonly Dictionary<string, string[]> Known = new()
    {
        [""] = ["name", "metadata", "requiredVersions", "infra", "services", "hooks"],
        ["metadata"] = ["template"],
        ["requiredVersions"] = ["azd"],
        ["infra"] = ["provider", "path", "module"],
        ["services"] = ["monitor"],
        ["services.monitor"] = ["project", "language", "host", "remoteBuild"],
        ["hooks"] = ["preprovision", "prepackage", "postprovision"],
        ["hooks.preprovision"] = ["shell", "run"],
        ["hooks.prepackage"] = ["shell", "run"],
        ["hooks.postprovision"] = ["shell", "run"],
    };

    [Fact]
    public void Each_member_is_known_and_each_known_one_is_there()
    {
        Assert.Equal([], Unknown(Read(File.ReadAllText(GeneratedFile.At("azure.yaml"))), ""));
        Assert.Equal(["hooks.postprovision.runs", "hooks.postprovision.run missing"], Unknown(Read(File.ReadAllText(GeneratedFile.At("azure.yaml")).Replace("run: ./infra/hooks/post", "runs: ./infra/hooks/post", StringComparison.Ordinal)), ""));
    }

    [Fact]
    public void Each_path_is_there_and_each_hook_can_be_run()
    {
        var file = Read(File.ReadAllText(GeneratedFile.At("azure.yaml")));
        Assert.True(File.Exists(GeneratedFile.At($"{Text(file, "infra", "path")}/{Text(file, "infra", "module")}.bicep")));
        Assert.True(File.Exists(GeneratedFile.At($"{Text(file, "infra", "path")}/{Text(file, "infra", "module")}.parameters.json")));
        Assert.Single(Directory.EnumerateFiles(GeneratedFile.At(Text(file, "services", "monitor", "project")), "*.csproj"));
        Assert.Equal(("dotnet", "function"), (Text(file, "services", "monitor", "language"), Text(file, "services", "monitor", "host")));
        var hooks = Known["hooks"].Select(h => Text(file, "hooks", h, "run")).ToArray();
        Assert.All(hooks, hook =>
        {
            Assert.Equal("#!/bin/sh", File.ReadLines(GeneratedFile.At(hook)).First());
            Assert.True(File.GetUnixFileMode(GeneratedFile.At(hook)).HasFlag(UnixFileMode.UserExecute), hook);
        });
        Assert.All(Known["hooks"], h => Assert.Equal("sh", Text(file, "hooks", h, "shell")));

        // None lies there that nobody runs.
        var scripts = Directory.EnumerateFiles(GeneratedFile.At("infra/hooks")).Select(f => $"./infra/hooks/{Path.GetFileName(f)}");
        Assert.Equal(hooks.Append("./infra/hooks/shared.sh").Order(StringComparer.Ordinal), scripts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_name_is_one_that_azd_takes() => Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Text(Read(File.ReadAllText(GeneratedFile.At("azure.yaml"))), "name"));

    private static YamlMappingNode Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static string Text(YamlMappingNode file, params string[] path) => ((YamlScalarNode)path.Aggregate((YamlNode)file, (node, name) => node[name])).Value!;

    private static IEnumerable<string> Unknown(YamlMappingNode node, string path)
    {
        var known = Known[path];
        var names = node.Children.Keys.Select(k => ((YamlScalarNode)k).Value!).ToArray();
        foreach (var name in names)
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!known.Contains(name))
            {
                yield return inner;
            }
            else if (node[name] is YamlMappingNode children)
            {
                foreach (var wrong in Unknown(children, inner))
                {
                    yield return wrong;
                }
            }
        }

        foreach (var missing in known.Except(names))
        {
            yield return $"{path}.{missing} missing";
        }
    }
}
