"""Names for people of our making (名称): such as entities in China bear, so that nobody knows an audit by them.

A company's name holds all of the chance that it is made from, and is of the same length whatever that is.
"""

_BRANDS = (
    "安邦宝昌长晨诚川达大德鼎东恩方飞丰福富光广国海瀚浩合和恒弘宏鸿厚华汇惠嘉佳建江金锦京景聚骏凯康科朗乐立利联林隆龙路茂民铭明能宁鹏"
    "平普齐启千乾清庆泉荣仁瑞润三森山尚盛世顺四泰腾天铁通同拓万旺威伟文五祥新鑫信兴星雄旭亚阳耀业亿益永友宇裕元源远跃云泽展振正志中众"
)
_TRADES = (
    "建设工程", "市政工程", "道路工程", "路桥工程", "建筑工程", "园林工程", "水利工程", "交通工程",
    "基础工程", "机电工程", "环境工程", "管道工程", "钢构工程", "装饰工程", "消防工程", "智能工程",
)  # fmt: skip
_SERVICES = {"tenderee": "投资发展", "agency": "招标代理"}
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林"


def of_entity(role: str, drawn: str, mark: str = "") -> str:
    """The name of a company of a role, from eight hexadecimal characters; ``mark`` stands before it, where somebody wants to know it."""
    octets = bytes.fromhex(drawn)  # of each, seven bits choose a character, and the eighth goes into the trade
    brand = "".join(_BRANDS[octet % len(_BRANDS)] for octet in octets)
    rest = sum((octet // len(_BRANDS)) << place for place, octet in enumerate(octets))
    return f"{mark}北京{brand}{_SERVICES.get(role) or _TRADES[rest % len(_TRADES)]}有限公司"


def of_person(drawn: str, mark: str = "") -> str:
    """The name of a person, from eight hexadecimal characters."""
    octets = bytes.fromhex(drawn)
    return f"{mark}{_SURNAMES[octets[0] % len(_SURNAMES)]}" + "".join(_BRANDS[octet % len(_BRANDS)] for octet in octets[1:3])
