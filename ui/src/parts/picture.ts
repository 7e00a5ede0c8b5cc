/** The engine's picture for the page. It escapes all text itself; its title and description are said by the label around it, not by the system's tooltip. */
export const picture = (svg: string): string => svg.replace(/<title>[\s\S]*?<\/title>|<desc>[\s\S]*?<\/desc>/g, '').replace(' role="img"', ' aria-hidden="true"');
